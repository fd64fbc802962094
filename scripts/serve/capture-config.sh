#!/bin/sh
# Stands in for workerd while Miniflare assembles a configuration (plan.ts): keeps what workerd would have read.
umask 077
exec cat >"$MILLRACE_CONFIG"
