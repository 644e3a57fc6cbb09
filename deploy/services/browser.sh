# shellcheck shell=bash
# The system's Chromium for the browser tests.

find_chromium() {
    local name
    for name in "${PORTAL_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        # Ubuntu's chromium-browser is only a hint to another package manager.
        if [ -n "$name" ] && command -v "$name" >/dev/null && "$name" --version >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    return 1
}

browser() {
    find_chromium || {
        (apt_install chromium fonts-dejavu-core) && find_chromium
    }
}
