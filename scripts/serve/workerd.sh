#!/bin/sh
# Becomes workerd; see runtime-processes.ts.
echo $$ >>"$MILLRACE_PIDS"
if setpriv --pdeathsig KILL true 2>/dev/null; then
  exec setpriv --pdeathsig KILL -- "$MILLRACE_WORKERD" "$@"
fi
exec "$MILLRACE_WORKERD" "$@"
