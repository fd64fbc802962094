/** One deliberate fault. `find` must occur exactly once in the file; a mutant that no longer fits is an error. */
export interface Mutant {
  file: string;
  find: string;
  replace: string;
  /** What would go wrong. */
  why: string;
}

const within = (file: string, list: readonly [why: string, find: string, replace: string][]): Mutant[] =>
  list.map(([why, find, replace]) => ({ file, find, replace, why }));

export const MUTANTS: readonly Mutant[] = [
  ...within('core/engine/run.ts', [
    ['events after the end are taken', "if (this.final && event.t !== 'handoff') throw", 'if (false as boolean) throw'],
    ['a run that was let in stays held', 'this.held = false;\n        this.admittedAt', 'this.admittedAt'],
    ['the time of admission is lost', 'this.admittedAt = event.at;\n        this.tat', 'this.tat'],
    ['a rate key forgets its state', 'this.tat = event.tat;', ''],
    ['attempts are not counted', 'step.attempts++;', ''],
    ['a retry forgets its date', "{ kind: 'retry', dueAt: event.dueAt }", "{ kind: 'retry', dueAt: 0 }"],
    ['a doubt is forgotten', "this.at(event).state = { kind: 'doubt' };", ''],
    [
      'what woke a step is lost',
      "step.state = { kind: 'woken', wake: event.wake, recorded: true };",
      "step.state = { kind: 'run' };",
    ],
    [
      'rounds go on where they were before a loss',
      'step.rounds = event.round ?? 0;',
      'step.rounds ??= event.round ?? 0;',
    ],
    ['children are told apart wrongly', 'state.runs[event.index] = event.run', 'state.runs[0] = event.run'],
    ['a child’s items are lost', 'state.results[event.index] = event.items ?? []', 'state.results[event.index] = []'],
    ['a pause is not remembered', "case 'pause':\n        this.paused = true;", "case 'pause':"],
    ['a resume is not remembered', "case 'resume':\n        this.paused = false;", "case 'resume':"],
    [
      'the error workflow starts after a success too',
      "event.status === 'error' && this.wantsErrorWorkflow()",
      'this.wantsErrorWorkflow()',
    ],
    [
      'the error workflow is handed to for ever',
      "case 'handoff':\n        this.owesHandoff = false;",
      "case 'handoff':",
    ],
    ['the queue is taken from the wrong end', 'this.stack.shift()', 'this.stack.pop()'],
    ['joins are never released', '?? this.joins.release(this.program)', ''],
    ['every run of a node is its first', 'runIndex: ran.length,', 'runIndex: 0,'],
    ['executeOnce is ignored', 'def.executeOnce === true', 'def.executeOnce === undefined'],
    [
      'a partial run goes everywhere',
      'if (destination !== undefined) this.allowed',
      'if (false as boolean) this.allowed',
    ],
    ['a held run counts as begun', 'this.held = event.hold !== undefined;', 'this.held = false;'],
    ['a journal of another version is taken', 'if (!step || id !== event.n)', 'if (!step)'],
    ['a node’s memory is lost', 'if (event.ctx) this.contexts.set(step.node, event.ctx);', ''],
    ['a mended step keeps its error', 'else delete step.error;', ''],
    ['a failed step counts as a success', "event.err ? 'error' : 'success'", "'success'"],
    ['a run goes on behind its destination', 'if (stops || this.start.destination === node.def.id)', 'if (stops)'],
    ['parked data survives a failure', 'this.joins.clear();', ''],
    ['queued steps survive a failure', 'this.stack.length = 0;', ''],
    ['error workflows start error workflows', "this.start.mode !== 'error' &&", ''],
    ['manual runs start error workflows', " && this.start.mode !== 'manual'", ''],
    ['pinned items in every run', 'if (!pinned) return undefined;', ''],
    ['what is given counts less than what is pinned', 'if (given && id === first) return undefined;', ''],
    ['links of other inputs are taken for those of the first', 'input === 0 ? index : { item: index, input }', 'index'],
  ]),
  ...within('core/engine/join.ts', [
    ['a second set overwrites the first', 'candidate.inputs[input] === undefined', 'true'],
    [
      'a join runs with what it has',
      'if (entry.inputs[index] === undefined) return undefined;',
      'if (entry.inputs[index] === undefined) continue;',
    ],
    ['joins do not wait for joins before them', 'if (isBehind && !isLegacy) continue;', ''],
    [
      'the old order completes joins without a first input',
      'isLegacy ? entries.findIndex(({ inputs }) => inputs[0] !== undefined) : 0',
      '0',
    ],
    [
      'joins run without what they require',
      "if (fired < (required === 'all' ? inputCount : required)) return false;",
      '',
    ],
    ['a released set is released again', 'entries.splice(index, 1);', ''],
  ]),
  ...within('core/engine/outcome.ts', [
    ['a failed step that stops gives items', "if (mode === 'stop') return [];", ''],
    [
      'continue gives nothing',
      "if (mode === 'continue') outputs = [input];",
      "if (mode === 'continue') outputs = [[]];",
    ],
    [
      'error items stay where they are',
      "if (mode === 'error-output') outputs = divertErrors",
      'if (false as boolean) outputs = divertErrors',
    ],
    [
      'always output even if there is some',
      'node.def.alwaysOutput && !outputs.some((items) => items && items.length > 0)',
      'node.def.alwaysOutput',
    ],
    ['items that fit no input are linked', 'if (!single && !parallel) continue;', ''],
    ['one input item does not link', 'const single = input.length === 1;', 'const single = false;'],
    [
      'any item with an error key is an error',
      'return keys.length === 1 || (keys.length === 2 && keys.includes(',
      'return keys.length > 0 || (keys.length === 2 && keys.includes(',
    ],
    [
      'an error item forgets what it came from',
      'const json: JsonObject = { ...from?.json, ...item.json };',
      'const json: JsonObject = { ...item.json };',
    ],
  ]),
  ...within('core/engine/route.ts', [
    [
      'positions do not matter',
      'if (deliveries.length > 1) deliveries.sort(',
      'if (deliveries.length > 99) deliveries.sort(',
    ],
    ['left before top', 'return ay - by || ax - bx;', 'return ax - bx || ay - by;'],
    ['breadth first', 'run.stack.unshift(task)', 'run.stack.push(task)'],
    ['empty outputs start what follows', 'if (!items || items.length === 0) continue;', 'if (!items) continue;'],
    [
      'partial runs go elsewhere too',
      'if (!allowed || allowed.has(target.node)) found.push',
      'if (true as boolean) found.push',
    ],
  ]),
  ...within('core/engine/route-v0.ts', [
    ['the first input takes empty outputs too', 'if (items.length === 0 && target.input === 0) continue;', ''],
    [
      'branches into a join are not started',
      'run.stack.push({ node: root, inputs: [[{ json: {} }]], sources: [null] });',
      '',
    ],
    [
      'what has run is started again',
      'parent === step.node || hasRun(run, parent) || isQueued(run, parent)',
      'parent === step.node || isQueued(run, parent)',
    ],
  ]),
  ...within('core/engine/execute.ts', [
    [
      'nodes share what they keep',
      "scope === 'node' ? (run.program.graph.nodes[step.node]?.def.id ?? null) : null",
      'null',
    ],
    ['all runs of a node have one key', ':${step.runIndex}`;', ':0`;'],
    [
      'disabled nodes run',
      "if (node.def.disabled) return { kind: 'output'",
      "if (false as boolean) return { kind: 'output'",
    ],
  ]),
  ...within('core/engine/lineage.ts', [
    ['links that disagree are believed', 'if (found && found !== item) return undefined;', ''],
    [
      'links to earlier runs are not followed',
      'link.run === undefined ? undefined : run.steps',
      'true ? undefined : run.steps',
    ],
  ]),
  ...within('core/engine/pack.ts', [
    [
      'items that passed in another order come back in order',
      "return { at: inOrder ? 'all' : at };",
      "return { at: 'all' };",
    ],
    ['all links become the first one', 'p: same ? (first as number)', 'p: true ? (first as number)'],
  ]),
  ...within('core/shard/shard.ts', [
    ['every trigger is new', 'if (earlier !== undefined) return { duplicate: earlier };', ''],
    ['keys are not remembered', 'if (key !== undefined) this.ports.putKey(key, run.id);', ''],
    ['a called workflow’s own key is asked', '(request.parent ? undefined : ownKeyOf(trigger))', 'ownKeyOf(trigger)'],
    [
      'called runs are limited',
      'const limits = request.parent ? undefined : limitsOf(trigger);',
      'const limits = limitsOf(trigger);',
    ],
    ['a rerun takes everything over', '.slice(0, cut)', ''],
    ['late replies of an earlier round count', 'step.active.state.round !== ref.round', 'false'],
    ['what must not be tried again is', 'reply.error.retryable !== false', 'true'],
    [
      'a run is stopped by the limit of an old version',
      'if (now < (this.runDeadline(run) ?? Number.POSITIVE_INFINITY)) continue;',
      '',
    ],
    [
      'timers of earlier attempts count',
      'run.active.index === timer.step && run.active.attempts === timer.attempt',
      'run.active.index === timer.step',
    ],
    ['resume forgets the dates', 'if (run.active) this.steps.arm(run, run.active);', ''],
    ['signals to whoever waits', ' || step.state.signal === undefined) return false;', ') return false;'],
    [
      'a signal is not recorded',
      'this.steps.wake(run, step, wake, true);\n    this.slices.drain();',
      'this.steps.wake(run, step, wake, false);\n    this.slices.drain();',
    ],
    [
      'any step can be settled',
      "step.index !== index || step.state.kind !== 'doubt' ||",
      "step.state.kind !== 'doubt' ||",
    ],
    ['slots are forgotten by a restart', 'this.admission.take(run.start.limits, run.tat);', ''],
    [
      'held runs are forgotten by a restart',
      'this.admission.park(run);\n      if (run.start.hold',
      'if (run.start.hold',
    ],
    ['limits in time are forgotten by a restart', 'if (!run.final) this.armRun(run);', ''],
    ['an effect under way is lost in a migration', 'to.active.state = from.active.state;', ''],
    ['a held run loses its place in a migration', 'if (from.held) this.admission.swap(from, to);', ''],
    ['a run ends twice', 'if (run.final) return;\n    const began', 'const began'],
    ['slots are not given back', 'if (began) this.admission.release(run.start.limits);', ''],
    ['a held run that ends stays in line', 'if (run.held) this.admission.unpark(run);', ''],
    [
      'cancel stops at the caller',
      "if (live) this.end(live, 'canceled'",
      "if (false as boolean && live) this.end(live, 'canceled'",
    ],
    ['callers are not told', 'this.calls.ended(run);', ''],
    ['the error workflow is not asked for', 'if (run.owesHandoff) this.calls.requestHandoff(run);', ''],
    ['nobody is let in when a slot is free', 'if (run.start.limits) this.gate.admitNext(run);', ''],
    ['replies of earlier attempts count', ' || active.attempts !== ref.attempt) return', ') return'],
    ['replies to other steps count', ' || active.index !== ref.step ||', ' ||'],
    [
      'a run’s limit counts from its trigger',
      '(run.admittedAt ?? run.start.at) + timeoutMs',
      'run.start.at + timeoutMs',
    ],
  ]),
  ...within('core/shard/steps.ts', [
    ['a failed run goes on', "if (stops && 'err' in outcome) this.shard.end(", 'if (false as boolean) this.shard.end('],
    ['one try too many', 'step.attempts < def.retry.maxTries) {', 'step.attempts <= def.retry.maxTries) {'],
    ['everything is retried', 'if (retryable && def?.retry && step.attempts', 'if (def?.retry && step.attempts'],
    [
      'retries come at once',
      'const dueAt = this.shard.ports.now() + retryDelay(',
      'const dueAt = this.shard.ports.now() + 0 * retryDelay(',
    ],
    ['what a step keeps is lost', 'this.shard.ports.keep(keptName(run, step, scope as KeptScope), data);', ''],
    ['retries have no timer', 'withUsage(run, event));\n      this.arm(run, step);', 'withUsage(run, event));'],
    ['paused runs try again', 'if (run.paused) return;\n    if (state.kind', 'if (state.kind'],
    ['waits have no timer', '...wait }));\n        this.arm(run, step);', '...wait }));'],
    ['item errors are not tried again', 'first?.json.error !== undefined &&', 'first?.json.error === null &&'],
    ['unsafe effects are not announced', 'if (announces(effect) && isNews)', 'if (false as boolean)'],
    [
      'effects of canceled runs are issued',
      "if (this.shard.stepOf(order)?.active.state.kind === 'effect') this.shard.ports.perform(order);",
      'this.shard.ports.perform(order);',
    ],
    [
      'effects have no time limit',
      'if (def?.timeoutMs !== undefined) {',
      'if (false as boolean && def?.timeoutMs !== undefined) {',
    ],
  ]),
  ...within('core/shard/slices.ts', [
    ['paused runs go on', "if (run.paused && run.active?.state.kind !== 'woken') return;", ''],
    ['a run without end', 'step.index >= (run.program.graph.doc.settings.maxSteps ?? DEFAULT_MAX_STEPS)', 'false'],
    ['long runs keep others waiting', 'if (budget-- <= 0 || isBusy)', 'if (false as boolean)'],
  ]),
  ...within('core/shard/calls.ts', [
    ['calls without end', '>= MAX_CALL_DEPTH)', '>= 1e9)'],
    [
      'a missing workflow is tried again',
      "{ code: 'workflow-not-found', message }, false);\n      return;\n    }\n    this.batches",
      "{ code: 'workflow-not-found', message }, true);\n      return;\n    }\n    this.batches",
    ],
    ['a failed child is a success', "if (child.final.status === 'success') {", 'if (child.final) {'],
    [
      'a program that comes twice starts a child twice',
      'if (!this.isUnderWay(state)) this.startNext',
      'if (true as boolean) this.startNext',
    ],
    ['a call that waits does not wait', 'if (state.wait) return;', ''],
    ['children run at the caller’s depth', '(run.start.parent?.depth ?? 0) + 1', '(run.start.parent?.depth ?? 0)'],
    [
      'children run to their end inside their start',
      "this.shard.begin({\n        program,\n        mode: 'child',",
      "this.shard.start({\n        program,\n        mode: 'child',",
    ],
    [
      'a caller gets what the first output gave, even if nothing',
      'if (items && items.length > 0) return [...items];',
      'return [...(items ?? [])];',
    ],
    ['disabled triggers are started', 'filter((node) => !node.def.disabled)', 'filter(() => true)'],
  ]),
  ...within('core/shard/admission.ts', [
    ['one run too many at once', '>= settings.concurrency.limit)', '> settings.concurrency.limit)'],
    ['no limit in time', 'if (now < dueAt) return', 'if (false as boolean) return'],
    ['no burst', 'Math.ceil(tat - (periodMs - gap))', 'Math.ceil(tat)'],
    ['a longer burst', 'Math.ceil(tat - (periodMs - gap))', 'Math.ceil(tat - periodMs)'],
    ['rate keys go back in time', 'Math.max(tat, this.tats.get(rate) ?? 0)', 'tat - 1e6'],
    [
      'slots leak',
      'if (left > 0) this.busy.set(limits.concurrency, left);',
      'if (left > 0) this.busy.set(limits.concurrency, left + 1);',
    ],
    ['all slots are given back at once', 'if (left > 0) this.busy.set(limits.concurrency, left);\n    else ', ''],
    ['the longest delay is ignored', 'Math.min(now + delayMs, latest)', 'now + delayMs'],
    ['a debounced run supersedes nobody', 'superseded = this.debounced.get(hold.key);', ''],
    ['low priority first', 'return difference < 0 ||', 'return difference > 0 ||'],
    [
      'last come, first served',
      '(this.tickets.get(run) ?? 0) < (this.tickets.get(other) ?? 0)',
      '(this.tickets.get(run) ?? 0) > (this.tickets.get(other) ?? 0)',
    ],
    ['a place in line is lost when looked at', 'if (!this.tickets.has(run)) this.tickets.set', 'this.tickets.set'],
  ]),
  ...within('core/shard/gate.ts', [
    [
      'newcomers overtake',
      'const verdict = this.rivalsWait(run) ?? this.admission.decide',
      'const verdict = this.admission.decide',
    ],
    ['the dear wait behind the cheap', '(first.start.limits?.priority ?? 0) < (limits.priority ?? 0)', 'false'],
    ['slots are not taken', 'this.admission.take(event.limits, tat);', ''],
    ['slots are not taken by those who waited', 'this.admission.take(run.start.limits, verdict.tat);', ''],
    ['the longest delay starts anew with each trigger', 'this.admission.debounceSince(limits.debounce) ?? now', 'now'],
    ['held runs have no timer', 'this.armHold(run);\n      return;', 'return;'],
    ['a run that is held again has no timer', 'this.armHold(run);\n      return false;', 'return false;'],
    ['rates are not recorded', "if (tat !== undefined) this.shard.commit(run, { t: 'admit', at: event.at, tat });", ''],
  ]),
  ...within('core/shard/suspicion.ts', [
    ['a deadly step is never given up', 'if (this.giveUp(run)) return false;', ''],
    ['ends of the host are not counted', '(again ? before.strikes : 0) + 1', '0'],
    [
      'what a suspect begins is trusted',
      'if (parent) this.suspects.set(to.id',
      'if (false as boolean) this.suspects.set(to.id',
    ],
    ['suspects are driven without a mark', 'if (this.released.has(run.id)) return true;', 'return true;'],
  ]),
  ...within('core/shard/recover.ts', [
    [
      'what may have happened is tried again',
      "!announces(state.effect) || inDoubtPolicy(state.effect.class, def.inDoubt) === 'retry'",
      'true',
    ],
    ['what is unsafe is repeated', "kind === 'unsafe' || kind === 'probeable' ? 'ask' : 'retry'", "'retry'"],
    ['the node’s wish is ignored', 'if (wish) return wish;', ''],
    ['failed runs forget their error workflow', 'if (run.owesHandoff) calls.requestHandoff(run);', ''],
    ['runs between two steps are forgotten', 'else shard.slices.schedule(run);\n}', '}'],
    [
      'waits are forgotten',
      "} else if (state.kind === 'retry' || state.kind === 'wait') {\n    shard.steps.arm(run, step);",
      "} else if (state.kind === 'retry' || state.kind === 'wait') {",
    ],
    ['calls are forgotten', 'calls.recover(run, step, state);', ''],
    [
      'woken steps are forgotten',
      "} else if (state.kind === 'run' || state.kind === 'woken') {",
      "} else if (state.kind === 'run') {",
    ],
  ]),
  ...within('core/shard/attempt.ts', [
    [
      'keyed effects need no record',
      "effect.class !== 'pure' && effect.class !== 'idempotent'",
      "effect.class === 'unsafe' || effect.class === 'probeable'",
    ],
    ['rounds share one key', 'round === 0 ? base : `${base}#${round}`', 'base'],
    ['waits do not grow', '(retry.backoff ?? 1) ** (attempts - 1)', '1'],
    ['waits grow too early', '** (attempts - 1)', '** attempts'],
    ['waits grow without end', 'retry.maxWaitMs ?? 86_400_000', 'Number.POSITIVE_INFINITY'],
    ['jitter only delays', 'wait - jitter / 2 + jitter * random', 'wait + jitter * random'],
  ]),
  ...within('core/shard/timers.ts', [
    ['timers come early', 'if (!first || first.at > now) return undefined;', 'if (!first) return undefined;'],
    ['timers come a millisecond late', 'first.at > now', 'first.at >= now'],
    [
      'the heap loses its order',
      'if (this.heap.length > 0) this.sink(last);',
      'if (this.heap.length > 0) this.heap[0] = last;',
    ],
    ['new timers are put at the wrong end', 'if ((heap[parent] as Timer).at <= timer.at) break;', 'break;'],
  ]),
  ...within('core/shard/limits.ts', [
    [
      'workflows share keys',
      'return `${placeOf(trigger.program.workflow, trigger.program.version)}:${text.slice(0, 512)}`;',
      'return text.slice(0, 512);',
    ],
    ['no priority', 'if (priority !== undefined && Number.isFinite(weight)) found.priority = weight;', ''],
    [
      'an empty key is a key',
      "value === undefined || value === null || value === '' ? undefined",
      'value === 0 ? undefined',
    ],
  ]),
  ...within('core/shard/watchers.ts', [
    [
      'replies are told before they are durable',
      'this.ports.afterCommit(() => {\n      for (const watcher of fires)',
      'void [() => 0].map(() => {\n      for (const watcher of fires)',
    ],
    [
      'ends are told before they are durable',
      'this.ports.afterCommit(() => {\n      for (const watcher of list)',
      'void [() => 0].map(() => {\n      for (const watcher of list)',
    ],
    ['watchers are told twice', 'this.lists.delete(run.id);\n    this.ports', 'this.ports'],
  ]),
];
