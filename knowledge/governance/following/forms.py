from django import forms

from knowledge.governance.following.models import Delivery


class RhythmForm(forms.ModelForm):
    class Meta:
        model = Delivery
        fields = ["rhythm"]
        widgets = {"rhythm": forms.RadioSelect}
