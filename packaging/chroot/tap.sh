# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# TAP for the scripts of packaging/chroot-test, which count on from one to the next.
count=${count:-0}
failed=${failed:-0}

# check TEXT COMMAND…: one TAP line; what the command said follows when it failed.
check () {
  local text=$1 output
  shift
  count=$((count + 1))
  if output=$("$@" 2>&1 < /dev/null); then
    echo "ok $count - $text"
  else
    failed=$((failed + 1))
    echo "not ok $count - $text"
    tail -60 <<< "$output" | sed 's/^/# /'
  fi
}

finish () {
  echo "1..$count"
  [[ $failed -eq 0 ]]
}
