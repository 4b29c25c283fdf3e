# Rockhop census: what a host has beside its packages. POSIX sh; needs awk, find, sort, join, od; uses rpm and what else it
# finds; installs nothing and runs no program that it looks at.
#
# sh census.sh [here | run | look | print | clean]
#   here   does it in the foreground and prints the answer; what is under way is told on standard error
#   run    does it and prints what is under way; the answer waits in the work folder for "print"
#   look   says how far it is      clean  removes the work folder
#
# It reads: the rpm database and the files that it names (rpm -Va); names, sizes, modes and times of the files below the
# folders that "scope" tells; of those that no package owns the first bytes, of programs and libraries the names of the
# libraries that they need, of scripts the first line and the options of "openssl enc", of PHP sources the names of functions
# that are gone, of .htaccess the names of PHP's settings, of key stores which algorithms they name, of jars the manifest;
# names of container images where the engine runs. No password, no key, no other content is read out of a file and carried.
# It writes below WORK and nowhere else. Each section is kept there once it is finished, so that a second start goes on
# where the first one stopped; a census that began more than a week ago, or of another version, is begun anew.

PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin
LC_ALL=C
export PATH LC_ALL
unset IFS POSIXLY_CORRECT GREP_OPTIONS
umask 077
ROOT=/
WORK=/var/lib/rockhop/census
FORMAT=1
TAB='	'
NL='
'

SECTIONS='scope ownership verify programs python node java perl scripts keystores htaccess php containers'

# The longest that one walk, or one comparison with the packages, may take.
WALK_S=7200
VERIFY_S=14400
# A work folder on a full disk would stop what serves from there.
ROOM_KIB=262144
KEPT_S=604800

has() { command -v "$1" >/dev/null 2>&1; }
missing() { printf '%s\n' "$1" >&2; return 127; }
need() { [ -f "$WORK/$1" ] || { echo "the section '$2' has failed" >&2; return 1; }; }
# Between these two, an unquoted list splits at line ends only, and its words are no patterns.
listed() { set -f; IFS=$NL; }
unlisted() { set +f; unset IFS; }
# Paths, a line each and seen from ROOT's folder, as the arguments of a command.
of_each() { sed 's|^|.|' | tr '\n' '\0' | xargs -r0 "$@"; }
# At most so many rows; what is more is counted.
at_most() { awk -v n="$1" '++seen <= n { print } END { if (seen > n) print "more\t" seen - n }'; }

# Which folders are walked. What lies on another machine, and what people have put beside the usual folders, is left out
# and told. A file system of its own below such a folder is walked for itself.
scope() {
  set -- usr etc opt srv home root var/www var/opt
  listed
  for d in $ALSO; do set -- "$@" "${d#/}"; done
  unlisted
  for d; do
    [ -d "$ROOT$d" ] || continue
    [ ! -L "$ROOT$d" ] || continue
    kind=$(mounted "$ROOT$d")
    case $kind in
      '' | ext? | xfs | btrfs | zfs | jfs | f2fs | overlay | vfat | tmpfs) printf 'root\t/%s\n' "$d" ;;
      *) printf 'left\t/%s\t%s\n' "$d" "$kind" ;;
    esac
  done
  awk -v root="$ROOT" '
    $3 ~ /^(ext[234]|xfs|btrfs|zfs|jfs|f2fs)$/ && index($2, root) == 1 && $2 !~ /\\/ {
      path = substr($2, length(root) + 1)
      if (path ~ /^(usr|etc|opt|srv|home|root|var\/www|var\/opt)\//) print "root\t/" path
    }' /proc/self/mounts
  for d in "$ROOT"*; do
    name=${d#"$ROOT"}
    [ -d "$d" ] && [ ! -L "$d" ] || continue
    case $name in
      bin | boot | dev | etc | home | lib | lib64 | lost+found | media | mnt | opt | proc | root | run | sbin | srv | sys | tmp | usr | var) ;;
      *"$TAB"* | *"$NL"*) ;;
      *) within "/$name" || printf 'left\t/%s\tnot-asked\n' "$name" ;;
    esac
  done
}

mounted() { awk -v path="${1%/}" '$2 == path { kind = $3 } END { print kind }' /proc/self/mounts; }
within() { listed; for also in $ALSO; do [ "$also" = "$1" ] && { unlisted; return 0; }; done; unlisted; return 1; }

# Three lists, each path with its type, mode, size and time: "walk" of all files, "owned" of those that packages brought,
# "unowned" of the rest, which most of the sections below ask. Names with a tab or a line end are left out.
ownership() {
  has rpm || { missing rpm; return; }
  need scope.done scope || return
  sed -n "s|^root$TAB|.|p" "$WORK/scope.done" >"$WORK/roots"
  cd "$ROOT" || return
  tr '\n' '\0' <"$WORK/roots" | timeout "$WALK_S" xargs -r0 sh -c 'exec find "$@" -xdev \
    \( -name "*[[:cntrl:]]*" -o -path "*/.git/*" -o -path "*/.cache/*" -o -path "*/.snapshot/*" \) -prune -o \
    \( -type f -o -type d -o -type l \) -printf "%p\t%y\t%m\t%s\t%T@\n"' find >"$WORK/walk.new"
  # 123: a folder went while it was read, or may not be read; the rest was.
  case $? in 0 | 1 | 123) ;; 124) return 124 ;; *) return 1 ;; esac
  cut -c 2- "$WORK/walk.new" | sort -t "$TAB" -k 1,1 -u >"$WORK/walk" || return
  # Folders that are links: packages name their files by the old path, the walk finds them by the new one.
  find . ./usr ./etc -maxdepth 3 -type l -xtype d \( -path './*/*/*/*' -prune -o -print \) 2>/dev/null | sort -u | while IFS= read -r link; do
    to=$(readlink -f "$link") && printf '%s\t/%s\n' "${link#.}" "${to#"$ROOT"}"
  done >"$WORK/links"
  rpm -qal --nodigest --nosignature >"$WORK/owned.new" || return
  awk -F '\t' '
    NR == FNR { to[$1] = $2; next }
    /^\// {
      path = $0
      for (turn = 0; turn < 8; turn++) {
        at = 1; moved = 0
        while ((n = index(substr(path, at + 1), "/")) > 0) {
          at += n
          head = substr(path, 1, at - 1)
          if (head in to) { path = to[head] substr(path, at); moved = 1; break }
        }
        if (!moved) break
      }
      print path
    }' "$WORK/links" "$WORK/owned.new" | sort -u >"$WORK/owned" || return
  join -t "$TAB" -v 1 "$WORK/walk" "$WORK/owned" >"$WORK/unowned.new" && mv "$WORK/unowned.new" "$WORK/unowned" || return
  rm -f "$WORK/walk.new" "$WORK/owned.new"
  folders <"$WORK/unowned" | sort -t "$TAB" -k 5,5nr -k 3,3nr -k 7,7 | at_most 300
}

# F, whether the folder itself is unowned, files, bytes, programs, newest, the folder, and up to three of its files.
folders() {
  awk -F '\t' '
    function parent(path) { sub(/\/[^\/]*$/, "", path); return path == "" ? "/" : path }
    $2 == "d" { up = parent($1); top[$1] = (up in top) ? top[up] : $1; next }
    {
      up = parent($1)
      folder = (up in top) ? top[up] : up
      files[folder]++
      bytes[folder] += $4
      if ($2 == "f" && $3 ~ /[1357]/) runs[folder]++
      if ($5 > newest[folder]) newest[folder] = $5
      if (files[folder] <= 3) shown[folder] = shown[folder] "\t" $1
    }
    END {
      for (folder in files)
        printf "F\t%d\t%.0f\t%.0f\t%d\t%.0f\t%s%s\n", (folder in top), files[folder], bytes[folder], runs[folder], newest[folder], folder, shown[folder]
    }'
}

# Packaged files that are not as they came. Scripts of packages are not run, and what only got another time is no change.
verify() {
  has rpm || { missing rpm; return; }
  timeout "$VERIFY_S" rpm -Va --nodeps --noscripts --nodigest --nosignature >"$WORK/verify.new" 2>"$WORK/verify.err"
  rc=$?
  [ "$rc" != 124 ] || return 124
  # 1 says that something differs. A database that cannot be read says so, and lists nothing.
  [ "$rc" -le 1 ] || [ -s "$WORK/verify.new" ] || { cat "$WORK/verify.err" >&2; return "$rc"; }
  awk '
    /^missing / || /^[.SM5DLUGTPCVR?]+ / {
      flags = $1
      path = $0
      if (!match(path, / \//)) next
      kind = (RSTART > 2 && substr(path, RSTART - 2, 2) ~ /^ [cdglrm]$/) ? substr(path, RSTART - 1, 1) : "-"
      path = substr(path, RSTART + 1)
      sub(/ \([^()]*\)$/, "", path)
      if (flags ~ /^[.?]*T?[.?]*$/ || kind == "g") next
      print "V\t" flags "\t" kind "\t" path
    }' "$WORK/verify.new" | sort -t "$TAB" -k 3,3r -k 4,4 | at_most 2000
  rm -f "$WORK/verify.new" "$WORK/verify.err"
}

# Programs and libraries outside the packages. Of each: E, bits, machine, what it is, its interpreter, its path; then N a
# library that it needs, S its own name, R where it looks. Then L for each needed library: bits, name, package, path. The files
# are never run, and read by od alone.
programs() {
  need unowned ownership || return
  cd "$ROOT" || return
  awk -F '\t' '$2 == "f" && $4 >= 64 && ($3 ~ /[1357]/ || $1 ~ /\.(so|node)(\.[0-9.]+)?$/) { print $1 }' "$WORK/unowned" |
    of_each -n 200 head -v -c 4 2>/dev/null | tr -d '\000' |
    awk '/^==> .* <==$/ { path = substr($0, 5, length($0) - 8); next } $0 == "\177ELF" && path != "" { print path } { path = "" }' >"$WORK/elf"
  head -n 3000 "$WORK/elf" | while IFS= read -r path; do elf "$path" 4<"$path"; done >"$WORK/elf.read"
  cat "$WORK/elf.read"
  awk 'END { if (NR > 3000) print "more\t" NR - 3000 }' "$WORK/elf"
  libraries
}

# Offsets and names come from the file, which may lie: each number is bounded before it is used.
elf() {
  ELF=$1 awk '
    function read(off, len,   cmd, line, n, part, i, k) {
      n = 0
      if (off < 0 || off > 2^40) return 0
      cmd = sprintf("od -An -v -tu1 -j %.0f -N %.0f /dev/fd/4 2>/dev/null", off, len)
      while ((cmd | getline line) > 0) {
        k = split(line, part, " ")
        for (i = 1; i <= k; i++) B[n++] = part[i] + 0
      }
      close(cmd)
      for (i = n; i < len; i++) B[i] = 0
      return n
    }
    function num(at, len,   i, v) {
      v = 0
      for (i = 0; i < len; i++) v = v * 256 + B[little ? at + len - 1 - i : at + i]
      return v
    }
    function text(at,   c, out) {
      out = ""
      while ((c = B[at++]) > 0 && length(out) < 255) out = out (c > 32 && c < 127 ? sprintf("%c", c) : "?")
      return out
    }
    function string(at) {
      if (at >= size) return ""
      read(table + at, 256)
      return text(0)
    }
    BEGIN {
      path = substr(ENVIRON["ELF"], 2)
      if (read(0, 64) < 52) exit
      bits = B[4] == 2 ? 64 : 32
      little = B[5] == 1
      machine = num(18, 2)
      start = bits == 64 ? num(32, 8) : num(28, 4)
      each = num(bits == 64 ? 54 : 42, 2)
      count = num(bits == 64 ? 56 : 44, 2)
      if (count > 128 || each < 32 || each > 128) { printf "E\t%d\t%d\tunread\t-\t%s\n", bits, machine, path; exit }
      type = num(16, 2)
      read(start, each * count)
      w = bits / 8
      for (i = 0; i < count; i++) {
        at = i * each
        kind = num(at, 4)
        off = num(at + (w == 8 ? 8 : 4), w)
        vaddr = num(at + (w == 8 ? 16 : 8), w)
        len = num(at + (w == 8 ? 32 : 16), w)
        if (kind == 1) { loads++; from[loads] = vaddr; to[loads] = vaddr + len; shift[loads] = off - vaddr }
        if (kind == 2) { dynamic = off; dynamic_len = len }
        if (kind == 3) { interp = off; interp_len = len }
      }
      if (interp_len) { read(interp, interp_len > 255 ? 255 : interp_len); loader = text(0) }
      what = type == 3 && loader == "" ? "library" : "program"
      if (type == 1) what = "object"
      if (!dynamic_len && what == "program") what = "static"
      printf "E\t%d\t%d\t%s\t%s\t%s\n", bits, machine, what, loader == "" ? "-" : loader, path
      if (!dynamic_len) exit
      if (dynamic_len > 65536) dynamic_len = 65536
      read(dynamic, dynamic_len)
      for (at = 0; at + 2 * w <= dynamic_len; at += 2 * w) {
        tag = num(at, w)
        value = num(at + w, w)
        if (tag == 0) break
        if (tag == 1 && n < 400) { n++; tags[n] = "N"; at_string[n] = value }
        if (tag == 14) { n++; tags[n] = "S"; at_string[n] = value }
        if (tag == 15 || tag == 29) { n++; tags[n] = "R"; at_string[n] = value }
        if (tag == 5) strings = value
        if (tag == 10) size = value
      }
      table = -1
      for (i = 1; i <= loads; i++) if (strings >= from[i] && strings < to[i]) table = strings + shift[i]
      if (table < 0) exit
      whole = size <= 65536
      if (whole) read(table, size)
      for (i = 1; i <= n; i++) {
        said = whole ? (at_string[i] < size ? text(at_string[i]) : "") : string(at_string[i])
        if (said != "") print tags[i] "\t" said
      }
    }'
}

# Who brings each library that is needed: by the linker's list, else by its name among all files.
libraries() {
  awk -F '\t' '$1 == "E" { bits = $2 } $1 == "N" && $2 !~ /\// && !seen[bits, $2]++ { print bits "\t" $2 }' "$WORK/elf.read" | sort >"$WORK/needed"
  ldconfig -p 2>/dev/null | awk '$2 ~ /^\(/ && $(NF - 1) == "=>" { print (/(x86-64|AArch64|64bit)/ ? 64 : 32) "\t" $1 "\t" $NF }' >"$WORK/linker"
  awk -F '\t' '
    FILENAME ~ /linker$/ { if (!(($1, $2) in at)) at[$1, $2] = $3; next }
    FILENAME ~ /owned$/ { n = split($1, part, "/"); name = part[n]; if (name ~ /\.so/ && !(name in brought)) brought[name] = $1; next }
    { path = (($1, $2) in at) ? at[$1, $2] : (($2 in brought) ? brought[$2] : "-"); print $1 "\t" $2 "\t" path }
  ' "$WORK/linker" "$WORK/owned" "$WORK/unowned" "$WORK/needed" | head -n 1500 | while IFS=$TAB read -r bits name path; do
    package=-
    [ "$path" = - ] || package=$(rpm -qf --nodigest --nosignature --qf '%{NAME}\n' "$path" 2>/dev/null | head -n 1)
    case $package in '' | *' '*) package=- ;; esac
    printf 'L\t%s\t%s\t%s\t%s\n' "$bits" "$name" "$package" "$path"
  done
}

# D: what pip, setuptools and conda leave beside a Python package. Its name and version stand in the path. What an unpacked
# Python brings of its own, and what it tests itself with, is none.
python() {
  need unowned ownership || return
  awk -F '\t' '
    $1 ~ /\/lib(64)?\/python[0-9.]+\/((lib-dynload|test\/.*)\/)?[^\/]+$/ { next }
    $1 ~ /\/[^\/]+\.(dist-info|egg-info|egg|egg-link)$/ { print "D\t" $1 }' "$WORK/unowned" | at_most 3000
}

# G: a package for all users with its version. A: an application with packages of its own, and how many.
node() {
  need unowned ownership || return
  cd "$ROOT" || return
  awk -F '\t' '$2 == "f" && $1 ~ /\/lib\/node_modules\/(@[^\/]+\/)?[^\/]+\/package\.json$/ && split($1, part, "/node_modules/") == 2 { print $1 }' "$WORK/unowned" |
    head -n 1000 | of_each awk '
      FNR == 1 { told = 0 }
      !told && match($0, /"version"[ \t]*:[ \t]*"[^"]*"/) {
        told = 1
        version = substr($0, RSTART, RLENGTH)
        sub(/^"version"[ \t]*:[ \t]*"/, "", version)
        sub(/"$/, "", version)
        print "G\t" version "\t" substr(FILENAME, 2)
      }'
  awk -F '\t' '
    $2 == "f" && $1 ~ /\/node_modules\/(@[^\/]+\/)?[^\/]+\/package\.json$/ && $1 !~ /\/lib\/node_modules\// {
      app = $1
      sub(/\/node_modules\/.*/, "", app)
      count[app]++
    }
    END { for (app in count) print "A\t" count[app] "\t" app }' "$WORK/unowned" | sort -t "$TAB" -k 3 | at_most 300
}

# J: size, version by the manifest, path. V: version of a Java that no package brought, its folder.
java() {
  need unowned ownership || return
  cd "$ROOT" || return
  awk -F '\t' '$2 == "f" && $1 ~ /\.([jwe]ar)$/ { print $4 "\t" $1 }' "$WORK/unowned" >"$WORK/jars"
  asked=0
  head -n 2000 "$WORK/jars" | while IFS=$TAB read -r size path; do
    version=-
    if [ "$((asked += 1))" -le 500 ] && has unzip; then
      version=$(timeout 10 unzip -p ".$path" META-INF/MANIFEST.MF 2>/dev/null | head -c 65536 | tr -d '\000\r\t' |
        awk '/^Implementation-Version: / { print substr($0, 25, 80); exit }')
    fi
    printf 'J\t%s\t%s\t%s\n' "$size" "${version:--}" "$path"
  done
  awk 'END { if (NR > 2000) print "more\t" NR - 2000 }' "$WORK/jars"
  awk -F '\t' '$2 == "f" && $1 ~ /\/bin\/java$/ { print $1 }' "$WORK/unowned" | head -n 100 | while IFS= read -r path; do
    home=${path%/bin/java}
    home=${home%/jre}
    version=$(sed -n 's/^JAVA_VERSION="\([0-9A-Za-z._+-]*\)".*/\1/p' ".$home/release" 2>/dev/null | head -n 1)
    printf 'V\t%s\t%s\n' "${version:--}" "$home"
  done
}

# P: what CPAN installed, by its list of files. M: how many modules that no package brought lie in a folder.
perl() {
  need unowned ownership || return
  awk -F '\t' '$2 == "f" && $1 ~ /\/auto\/.+\/\.packlist$/ { print "P\t" $1 }' "$WORK/unowned" | at_most 1000
  awk -F '\t' '
    $2 == "f" && $1 ~ /\.pm$/ {
      folder = $1
      if (!match(folder, /\/(perl5|site_perl|vendor_perl)\//)) next
      count[substr(folder, 1, RSTART + RLENGTH - 2)]++
    }
    END { for (folder in count) print "M\t" count[folder] "\t" folder }' "$WORK/unowned" | sort -t "$TAB" -k 3 | at_most 200
}

# I: the first line of a script in Python or Perl. O: a line that calls "openssl enc" or a cipher, of whose words only those
# are carried that openssl itself knows: "_" stands for any other word, "$" for a variable.
scripts() {
  need unowned ownership || return
  cd "$ROOT" || return
  awk -F '\t' '
    $2 != "f" || $4 > 262144 || $1 ~ /\/(site-packages|dist-packages|node_modules)\// { next }
    $3 ~ /[1357]/ || $1 ~ /\.(sh|bash|ksh|csh|py|pl|cgi|cron|env)$/ || $1 ~ /^\/etc\/(cron|rc\.d|init\.d)/ { print $1 }' "$WORK/unowned" >"$WORK/scripts"
  of_each grep -sIHnZm1 '^#!' <"$WORK/scripts" | tr '\000' '\t' | awk -F '\t' '
    $2 ~ /^1:#! *[^ ]*(python|perl)/ || $2 ~ /^1:#! *[^ ]*env ([^ ]*=[^ ]* |-[^ ]* )*(python|perl)/ {
      print "I\t" substr($2, 3, 200) "\t" substr($1, 2)
    }' | sort -t "$TAB" -k 3 | at_most 2000
  of_each grep -sIl openssl <"$WORK/scripts" | cut -c 2- | sed 's|^|.|' | tr '\n' '\0' | xargs -r0 awk '
    function known(word) {
      if (word ~ /^\$/ || word ~ /^"\$/) return "$"
      gsub(/["'\''`)]/, "", word)
      if (word ~ /^-?(aes|des|bf|blowfish|camellia|cast|rc2|rc4|seed)(-?[a-z0-9]+)*$/ && length(word) <= 24) return word
      if (word ~ /^-(d|e|a|A|base64|in|out|pass|k|kfile|K|iv|S|salt|nosalt|pbkdf2|iter|bufsize|nopad|p|P|z|none|v|md)$/) return word
      if (last == "-md" && word ~ /^(md5|sha1|sha256|sha384|sha512)$/) return word
      return word == "enc" && last == "openssl" ? word : "_"
    }
    FNR == 1 { held = "" }
    held == "" { first = FNR }
    /\\$/ { held = held substr($0, 1, length($0) - 1) " "; next }
    {
      line = held $0
      held = ""
      sub(/^[ \t]+/, "", line)
      if (line ~ /^#/) next
      gsub(/[|;&]/, " & ", line)
      n = split(line, word, /[ \t]+/)
      for (i = 1; i <= n; i++) {
        bare = word[i]
        sub(/^.*[=$("'\''`]/, "", bare)
        sub(/.*\//, "", bare)
        if (bare != "openssl") continue
        said = last = "openssl"
        for (i++; i <= n && word[i] !~ /^[|;&]/ && word[i] !~ /^[0-9]*[<>]/; i++) {
          secret = last ~ /^-(k|K|pass|kfile|iv|S|in|out)$/
          last = secret ? (word[i] ~ /^"?\$/ ? "$" : "_") : known(word[i])
          said = said " " last
        }
        if (said ~ /^openssl (enc|(aes|des|bf|blowfish|camellia|cast|rc2|rc4|seed)[-a-z0-9]*)( |$)/) print "O\t" first "\t" substr(said, 1, 400) "\t" substr(FILENAME, 2)
      }
    }' | sort -t "$TAB" -k 4,4 -k 2,2n | at_most 500
}

# K: what it is, the algorithms that its bytes name, its path. A store is not opened: names of algorithms are not encrypted.
keystores() {
  need unowned ownership || return
  cd "$ROOT" || return
  awk -F '\t' '$2 == "f" && $4 > 0 && $4 <= 1048576 && tolower($1) ~ /\.(p12|pfx|jks|keystore)$/ { print $1 }' "$WORK/unowned" >"$WORK/stores"
  head -n 300 "$WORK/stores" | while IFS= read -r path; do
    od -An -v -tx1 ".$path" | tr -d '\n' | STORE=$path awk '
      function says(oid, name) { if (index($0, " " oid)) algorithms = algorithms (algorithms == "" ? "" : ",") name }
      {
        kind = /^ 30 8/ ? "pkcs12" : /^ fe ed fe ed/ ? "jks" : "other"
        says("2a 86 48 86 f7 0d 01 0c 01 01", "pbe-sha1-rc4-128")
        says("2a 86 48 86 f7 0d 01 0c 01 02", "pbe-sha1-rc4-40")
        says("2a 86 48 86 f7 0d 01 0c 01 03", "pbe-sha1-3des")
        says("2a 86 48 86 f7 0d 01 0c 01 04", "pbe-sha1-2des")
        says("2a 86 48 86 f7 0d 01 0c 01 05", "pbe-sha1-rc2-128")
        says("2a 86 48 86 f7 0d 01 0c 01 06", "pbe-sha1-rc2-40")
        says("2a 86 48 86 f7 0d 01 05 03", "pbe-md5-des")
        says("2a 86 48 86 f7 0d 01 05 0d", "pbes2")
        print "K\t" kind "\t" (algorithms == "" ? "-" : algorithms) "\t" ENVIRON["STORE"]
      }'
  done
  awk 'END { if (NR > 300) print "more\t" NR - 300 }' "$WORK/stores"
}

# H: line, whether a condition on the PHP module stands around it, directive and the name of the setting, path. Packages bring
# such files, too.
htaccess() {
  need walk ownership || return
  cd "$ROOT" || return
  awk -F '\t' '$2 == "f" && $1 ~ /\/\.htaccess$/ { print $1 }' "$WORK/walk" |
    of_each awk '
      FNR == 1 { depth = guard = 0 }
      { word = tolower($1) }
      word == "<ifmodule" { depth++; if (!guard && tolower($2) ~ /^(mod_)?php/) guard = depth }
      word == "</ifmodule>" { if (guard == depth) guard = 0; if (depth) depth-- }
      word ~ /^php_(admin_)?(value|flag)$/ && $2 ~ /^[A-Za-z_][A-Za-z0-9_.]*$/ {
        print "H\t" FNR "\t" (guard ? "guarded" : "bare") "\t" word "\t" $2 "\t" substr(FILENAME, 2)
      }' | at_most 500
}

# Q: how many sources. C: a function that is gone, how often, up to five places. D: a source that defines it. X: what no longer
# parses. Comments, strings and what stands outside <?php do not count.
php() {
  need unowned ownership || return
  cd "$ROOT" || return
  awk -F '\t' '$2 == "f" && $4 <= 1048576 && $1 ~ /\.(php[3457]?|inc|phtml)$/ { print $1 }' "$WORK/unowned" >"$WORK/sources"
  printf 'Q\t%s\n' "$(awk 'END { print NR }' "$WORK/sources")"
  php_reader >"$WORK/php.awk"
  of_each -n 500 awk -f "$WORK/php.awk" <"$WORK/sources" >"$WORK/php.read"
  awk -F '\t' '
    $1 == "D" { if (!seen[$2, $3]++) print; next }
    { key = $1 "\t" $2; count[key]++; if (count[key] <= 5) places[key] = places[key] "\t" $4 ":" $3 }
    END { for (key in count) { split(key, part, "\t"); print part[1] "\t" part[2] "\t" count[key] places[key] } }' "$WORK/php.read" | sort | at_most 1000
}

php_reader() {
  cat <<'AWK'
function gone(name) {
  return name ~ /^(mysql|mcrypt)_[a-z_0-9]+$/ || name in GONE
}
function report(kind, name) { print kind "\t" name "\t" FNR "\t" substr(FILENAME, 2) }
function reset() { mode = "html"; top = 0; p1 = p2 = p3 = k1 = ""; switching = classing = amp = 0; for (i in open) delete open[i]; split("", defaults) }
# What a bracket belongs to: "call", "switch", "class", or nothing that matters.
function in_class(   i) { for (i = top; i > 0; i--) if (open[i] == "class") return 1; return 0 }
function token(kind, text,   what) {
  if (amp) { amp = 0; if (kind == "var") report("X", "call-time-reference") }
  if (text == "(") {
    if (k1 == "id" && gone(p1) && p2 !~ /^(->|::|function|new|fn)$/ && !(p2 == "&" && p3 == "function")) report("C", p1)
    what = "-"
    if ((k1 == "id" && !(p1 in WORDS) && p2 != "function" && !(p2 == "&" && p3 == "function")) || k1 == "var") what = "call"
    open[++top] = what
  } else if (text == "[") open[++top] = "-"
  else if (text == "{") {
    if (k1 == "var" && !blank) report("X", "offset-braces")
    what = "-"
    if (switching && p1 == ")") { what = "switch"; switching = 0; defaults[top + 1] = 0 }
    else if (classing) { what = "class"; classing = 0 }
    open[++top] = what
  } else if (text == ")" || text == "]" || text == "}") { if (top > 0) top-- }
  else if (text == ":" && switching && p1 == ")") { switching = 0; open[++top] = "switch"; defaults[top] = 0 }
  else if (text == "endswitch" && top > 0) top--
  else if (text == "switch" && p1 !~ /^(->|::|function)$/) switching = 1
  else if (text ~ /^(class|trait|interface)$/ && p1 !~ /^(->|::)$/) classing = 1
  else if ((text == ":" || text == ";") && p1 == "default" && p2 !~ /^(->|::|case)$/ && open[top] == "switch") {
    if (++defaults[top] == 2) report("X", "two-defaults")
  } else if (text == "&" && (p1 == "(" || p1 == ",") && open[top] == "call") amp = 1
  else if (kind == "id" && gone(text) && (p1 == "function" || (p1 == "&" && p2 == "function")) && !in_class()) report("D", text)
  p3 = p2; p2 = p1; p1 = text; k1 = kind; blank = 0
}
function eat(n) { s = substr(s, n + 1) }
function code(   c, word) {
  if (match(s, /^[ \t\r]+/)) { blank = 1; eat(RLENGTH); return }
  c = substr(s, 1, 1)
  if (substr(s, 1, 2) == "?>") { mode = "html"; eat(2); token("op", ";"); return }
  if (substr(s, 1, 2) == "//" || (c == "#" && substr(s, 2, 1) != "[")) { s = index(s, "?>") ? substr(s, index(s, "?>")) : ""; return }
  if (substr(s, 1, 2) == "/*") { mode = "comment"; eat(2); return }
  if (match(s, /^<<<[ \t]*["']?[A-Za-z_][A-Za-z0-9_]*/)) {
    label = substr(s, 4, RLENGTH - 3); gsub(/[ \t"']/, "", label); mode = "heredoc"; s = ""; token("text", "text"); return
  }
  if (c == "'" || c == "\"" || c == "`") { mode = c; eat(1); token("text", "text"); return }
  if (match(s, /^\$+[A-Za-z_][A-Za-z0-9_]*/)) { word = substr(s, 1, RLENGTH); eat(RLENGTH); token("var", word); return }
  if (match(s, /^\\?[A-Za-z_][A-Za-z0-9_\\]*/)) {
    word = tolower(substr(s, 1, RLENGTH)); eat(RLENGTH); sub(/^\\/, "", word); token("id", word); return
  }
  if (match(s, /^[0-9][0-9A-Za-z_.]*/)) { eat(RLENGTH); token("number", "0"); return }
  if (match(s, /^(\?->|->|::|=>|&&|&=|<<=|\|\|)/)) { word = substr(s, 1, RLENGTH); eat(RLENGTH); token("op", word == "?->" ? "->" : word); return }
  eat(1)
  token("op", c)
}
function scan() {
  if (mode == "heredoc") {
    if (!match(s, "^[ \t]*" label) || substr(s, RLENGTH + 1, 1) ~ /[A-Za-z0-9_]/) return
    eat(RLENGTH); mode = "code"
  }
  while (s != "") {
    if (mode == "html") {
      if (!match(s, /<\?(php|PHP|=|[ \t]|$)/)) return
      eat(RSTART + RLENGTH - 1); mode = "code"
    } else if (mode == "code") { code(); if (mode == "heredoc") return }
    else if (mode == "comment") { if (!index(s, "*/")) return; eat(index(s, "*/") + 1); mode = "code"; blank = 1 }
    else {
      while (s != "") {
        c = substr(s, 1, 1)
        if (c == mode) { eat(1); mode = "code"; break }
        if (c == "\\") { eat(2); continue }
        if (match(s, mode == "'" ? "[\\\\']" : mode == "`" ? "[\\\\`]" : "[\\\\\"]")) eat(RSTART - 1); else s = ""
      }
    }
  }
}
BEGIN {
  n = split("ereg eregi ereg_replace eregi_replace split spliti sql_regcase each create_function get_magic_quotes_gpc get_magic_quotes_runtime set_magic_quotes_runtime magic_quotes_runtime set_socket_blocking call_user_method call_user_method_array mdecrypt_generic money_format restore_include_path ezmlm_hash fgetss gzgetss hebrevc convert_cyr_string image2wbmp jpeg2wbmp png2wbmp is_real ldap_sort imap_header read_exif_data", list, " ")
  for (i = 1; i <= n; i++) GONE[list[i]]
  n = split("array list isset unset empty if elseif while for foreach switch match catch function fn use echo print return and or xor include include_once require require_once exit die declare case throw yield instanceof", list, " ")
  for (i = 1; i <= n; i++) WORDS[list[i]]
}
FNR == 1 { reset() }
{ s = $0; blank = 1; scan() }
AWK
}

# Images of an engine that runs: I, whether systemd is what they start, name, number; U an image that a container uses. An
# engine that is off is not woken.
containers() {
  if runs dockerd dockerd-current && has docker; then
    echo "engine${TAB}docker"
    images docker || return
  fi
  if has podman && keeps_images; then
    echo "engine${TAB}podman"
    images podman || return
  fi
}

# podman has no daemon that runs or not; asked where it keeps nothing, it would make folders.
keeps_images() {
  for d in "${ROOT}"var/lib/containers/storage/*-images; do [ ! -d "$d" ] || return 0; done
  return 1
}

runs() {
  for d in /proc/[0-9]*; do
    read -r comm 2>/dev/null <"$d/comm" || continue
    for name; do [ "$comm" != "$name" ] || return 0; done
  done
  return 1
}

# What an image starts may hold a secret among its words: only whether it is systemd is carried.
images() {
  timeout 60 "$1" images --no-trunc --format '{{.ID}} {{.Repository}}:{{.Tag}}' >"$WORK/images" || return
  head -n 300 "$WORK/images" | while read -r id name; do
    start=$(timeout 30 "$1" inspect --type image --format '{{.Config.Entrypoint}} {{.Config.Cmd}}' "$id" 2>/dev/null)
    case " $(printf %s "$start" | tr '[]' '  ') " in
      *' /sbin/init '* | *' /usr/sbin/init '* | *' /usr/lib/systemd/systemd '* | *' /lib/systemd/systemd '*) start=systemd ;;
      *) start=- ;;
    esac
    printf 'I\t%s\t%s\t%s\n' "$start" "$name" "$id"
  done
  awk 'END { if (NR > 300) print "more\t" NR - 300 }' "$WORK/images"
  timeout 60 "$1" ps -a --format '{{.Image}}' >"$WORK/used" || return
  sort -u "$WORK/used" | sed "s|^|U$TAB|"
}

# Runs what a section is made of, unless it is finished; status 77, 124 and 127 say why there is nothing.
section() {
  name=$1
  number=$((number + 1))
  if [ -e "$WORK/$name.done" ]; then
    printf '%s %s %s kept\n' "$number" "$TOTAL" "$name" >&3
    return
  fi
  printf '%s %s %s begun\n' "$number" "$TOTAL" "$name" >&3
  part=$WORK/$name.$$
  {
    printf '===%s + %s\n' "$N" "$name"
    (set +e; "$name") 2>"$part.err" 9>&-
    rc=$?
    said=
    [ "$rc" = 0 ] || IFS= read -r said <"$part.err"
    printf '\n===%s - %s %s %s\n' "$N" "$name" "$rc" "$said"
  } >"$part.new"
  case $(tail -n 1 "$part.new") in
    "===$N - $name "*) mv "$part.new" "$WORK/$name.done" ;;
    *) echo "cannot write to $WORK" >&2; exit 74 ;;
  esac
  rm -f "$part".*
}

# Takes up what is there, or begins; whoever holds the lock is alone.
begin() {
  mkdir -p "$WORK" || exit 73
  free=$(df -Pk "$WORK" | awk 'NR == 2 { print $4 }')
  [ "${free:-0}" -ge "$ROOM_KIB" ] || { echo "less than $ROOM_KIB KiB are free in $WORK" >&2; exit 73; }
  exec 9>"$WORK/lock"
  if has flock; then flock -n 9 || { echo 'a census is under way' >&2; exit 75; }; fi
  now=$(date +%s)
  if ! read -r format N taken <"$WORK/begun" || [ "$format" != "$FORMAT" ] || [ "$((now - taken))" -gt "$KEPT_S" ] ||
    [ "$(cat "$WORK/also")" != "$ALSO" ]; then
    find "$WORK" -mindepth 1 ! -name lock -delete
    read -r N </proc/sys/kernel/random/uuid
    taken=$now
    printf '%s\n' "$ALSO" >"$WORK/also"
    printf '%s %s %s\n' "$FORMAT" "$N" "$taken" >"$WORK/begun.new" && mv "$WORK/begun.new" "$WORK/begun" || exit 74
  fi 2>/dev/null
  printf '%s\n' "${JOB:--}" >"$WORK/job"
  find "$WORK" -name '*.new' -delete -o -name '*.err' -delete
}

# The host's own work comes first.
yield_to_others() {
  renice -n 19 -p $$ >/dev/null 2>&1
  has ionice && ionice -c 3 -p $$ >/dev/null 2>&1
  return 0
}

census() {
  has awk || { missing awk; exit 127; }
  [ "$(id -u)" = 0 ] || { echo 'a census needs root' >&2; exit 77; }
  begin
  yield_to_others
  TMPDIR=$WORK
  export TMPDIR
  number=0
  TOTAL=$(printf '%s\n' $SECTIONS | wc -l)
  TOTAL=$((TOTAL))
  for each in $SECTIONS; do section "$each"; done
  : >"$WORK/whole"
}

# "none", or how many of the sections are finished, whether that is all, and under which name it was started.
look() {
  read -r format N taken 2>/dev/null <"$WORK/begun" || { echo none; return; }
  [ "$format" = "$FORMAT" ] || { echo none; return; }
  n=0
  for each in $SECTIONS; do [ ! -e "$WORK/$each.done" ] || n=$((n + 1)); done
  state=part
  [ ! -e "$WORK/whole" ] || state=whole
  job=-
  read -r job 2>/dev/null <"$WORK/job"
  printf '%s %s %s %s\n' "$state" "$n" "$(printf '%s\n' $SECTIONS | wc -l | tr -d ' ')" "$job"
}

print() {
  read -r format N taken <"$WORK/begun" || exit 66
  printf '===rockhop-census 1 %s\n===%s + begun\ntaken=%s\n\n===%s - begun 0 \n' "$N" "$N" "$taken" "$N"
  for each in $SECTIONS; do [ ! -e "$WORK/$each.done" ] || cat "$WORK/$each.done"; done
  [ ! -e "$WORK/whole" ] || printf '===%s .\n' "$N"
}

case ${1:-here} in
  here) census 3>&2 >/dev/null; print ;;
  run) census 3>&1 ;;
  look) look ;;
  print) if has gzip; then print | gzip -1; else print; fi ;;
  clean) rm -rf "$WORK" ;;
  *) echo "census.sh: no such word: $1" >&2; exit 64 ;;
esac
exit 0
