# What Python code sees, in MicroPython. `_run` takes and gives JSON text, like `run` in ../prelude/run.ts.
import io
import json
import sys


class Data(dict):
    """JSON that is read as `d['name']` or `d.name`."""

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)

    def __setattr__(self, name, value):
        self[name] = value

    def to_py(self):
        return self


class NeedNode(Exception):
    pass


def _wrap(value):
    kind = type(value)
    if kind is dict:
        data = Data()
        for key in value:
            data[key] = _wrap(value[key])
        return data
    if kind is list:
        return [_wrap(each) for each in value]
    return value


def _plain(value):
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise ValueError("%s is not a JSON number" % value)
        return value
    if isinstance(value, dict):
        return {key if isinstance(key, str) else str(key): _plain(value[key]) for key in value}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    raise TypeError("the result holds a %s, which is not JSON" % type(value).__name__)


class _Node:
    def __init__(self, call, name):
        self._call = call
        self._name = name

    def _runs(self):
        return self._call.data(self._name).get("runs") or []

    def all(self, output=0, run=-1):
        runs = self._runs()
        if not runs:
            raise ValueError("Node '%s' hasn't been executed" % self._name)
        outputs = runs[run]["outputs"]
        return (outputs[output] if output < len(outputs) else None) or []

    def first(self, output=0, run=-1):
        items = self.all(output, run)
        return items[0] if items else None

    def last(self, output=0, run=-1):
        items = self.all(output, run)
        return items[-1] if items else None

    def itemMatching(self, index):
        paired = self._call.data(self._name).get("paired") or []
        place = paired[index] if index < len(paired) else None
        if not place:
            raise ValueError("Can't determine which item of node '%s' to use for item %d" % (self._name, index))
        return self._runs()[place[0]]["outputs"][place[1]][place[2]]

    @property
    def item(self):
        return self.itemMatching(self._call.index)

    @property
    def json(self):
        items = self.all()
        return items[self._call.index if self._call.index < len(items) else 0].json

    @property
    def isExecuted(self):
        return len(self._runs()) > 0

    @property
    def params(self):
        return self._call.data(self._name).get("parameters") or Data()

    @property
    def context(self):
        return self._call.data(self._name).get("context") or Data()


class _Input:
    def __init__(self, call, about):
        self._call = call
        self.params = about.get("params") or Data()
        self.context = about.get("context") or Data()

    def all(self):
        return self._call.items

    def first(self):
        return self._call.items[0] if self._call.items else None

    def last(self):
        return self._call.items[-1] if self._call.items else None

    @property
    def item(self):
        return self._call.items[self._call.index] if self._call.items else None


class _CustomData:
    """Facts about the run: what it had, and what the code adds."""

    def __init__(self, had):
        self._had = had
        self.noted = {}

    def set(self, key, value):
        self.noted[str(key)] = str(value)

    def setAll(self, facts):
        for key in facts:
            self.set(key, facts[key])

    def getAll(self):
        facts = dict(self._had)
        facts.update(self.noted)
        return facts

    def get(self, key):
        return self.getAll().get(key)


class _Call:
    def __init__(self, meta, items, nodes):
        self.items = items
        self.index = 0
        self.need = []
        self._nodes = nodes
        self.kept = meta.get("kept") or Data()
        self._before = {}
        self.facts = _CustomData(meta.get("customData") or {})

    def data(self, name):
        if name not in self._nodes:
            if name not in self.need:
                self.need.append(name)
            raise NeedNode(name)
        data = self._nodes[name]
        if not data["exists"]:
            raise ValueError("Referenced node doesn't exist: '%s'" % name)
        return data

    def node(self, name):
        self.data(name)
        return _Node(self, name)

    def __getitem__(self, name):
        return self.node(name)

    def static(self, kind="global"):
        if kind not in ("global", "node"):
            raise ValueError("Static data is kept under 'global' or 'node', not '%s'" % kind)
        if kind not in self.kept:
            self.kept[kind] = Data()
        if kind not in self._before:
            self._before[kind] = json.dumps(_plain(self.kept[kind]))
        return self.kept[kind]

    def changed(self):
        return {
            kind: _plain(self.kept[kind])
            for kind in self._before
            if json.dumps(_plain(self.kept[kind])) != self._before[kind]
        }


def _failure(error, index=None):
    text = io.StringIO()
    sys.print_exception(error, text)
    name = type(error).__name__
    message = str(error)
    if name in ("ImportError", "KeyError", "AttributeError", "StopIteration", "AssertionError") or not message:
        message = "%s: %s" % (name, message) if message else name
    if name == "ImportError":
        message += " (Python runs in MicroPython, a subset; see the guide to Code nodes)"
    failure = {"name": name, "message": message}
    for line in text.getvalue().split("\n"):
        if 'File "code.py", line ' in line:
            number = ""
            for char in line.split('File "code.py", line ')[1]:
                if not char.isdigit():
                    break
                number += char
            # One line precedes the author's first.
            failure["line"] = max(1, int(number) - 1)
    if index is not None:
        failure["itemIndex"] = index
    return failure


def _names(call, meta, code):
    meta["execution"]["customData"] = call.facts
    names = {
        "__name__": "code",
        "_": call.node,
        "_node": call,
        "_input": _Input(call, meta.get("input") or {}),
        "_items": call.items,
        "items": call.items,
        "_runIndex": meta["runIndex"],
        "_prevNode": meta.get("previous") or Data(),
        "_workflow": meta["workflow"],
        "_execution": meta["execution"],
        "_mode": meta["runMode"],
        "_vars": meta["vars"],
        "_parameter": meta["node"]["parameters"],
        "_getWorkflowStaticData": call.static,
    }
    if "_now" in code or "_today" in code:
        import datetime

        zone = datetime.timezone(datetime.timedelta(minutes=meta["offsetMinutes"]))
        now = datetime.datetime.fromtimestamp(meta["nowMs"] / 1000, zone)
        names["_now"] = now
        names["_today"] = datetime.datetime(now.year, now.month, now.day, 0, 0, 0, 0, zone)
    return names


def _at(names, call, index):
    call.index = index
    item = call.items[index] if index < len(call.items) else Data(json=Data())
    names["_item"] = item
    names["item"] = item
    names["_json"] = item.get("json")
    names["_binary"] = item.get("binary") or Data()
    names["_itemIndex"] = index


def _answer(code, meta, call):
    names = _names(call, meta, code)
    try:
        exec(compile(code, "code.py", "exec"), names)
    except Exception as error:
        return {"error": _failure(error)}
    main = names["__code__"]
    if meta["mode"] == "all":
        _at(names, call, 0)
        try:
            return {"value": _plain(main())}
        except BaseException as error:
            return {"error": _failure(error)}
    each = []
    for index in range(len(call.items)):
        _at(names, call, index)
        try:
            each.append({"value": _plain(main())})
        except BaseException as error:
            if not meta.get("continueOnFail"):
                return {"error": _failure(error, index)}
            each.append({"error": _failure(error, index)})
    return {"each": each}


def _text(value):
    return json.dumps(value, separators=(",", ":"))


def _run(code, meta_text, items_text, nodes_text):
    meta = _wrap(json.loads(meta_text))
    items = _wrap(json.loads(items_text))
    call = _Call(meta, items, _wrap(json.loads(nodes_text)))
    answer = _answer(code, meta, call)
    if call.need:
        return _text({"need": call.need})
    try:
        keep = call.changed()
    except Exception as error:
        return _text({"error": _failure(error)})
    # Keys have no order here, and a failure is recognised by its beginning.
    if "error" in answer:
        return '{"error":' + _text(answer["error"]) + "}"
    if keep:
        answer["keep"] = keep
    if call.facts.noted:
        answer["customData"] = call.facts.noted
    return _text(answer)
