# Parts of CPython's standard library that workflows use and MicroPython lacks. Runs before bootstrap.py.
import sys


class _Statistics:
    class StatisticsError(ValueError):
        pass

    def _some(values, least=1):
        values = list(values)
        if len(values) < least:
            raise _Statistics.StatisticsError("at least %d values are needed" % least)
        return values

    def mean(values):
        values = _Statistics._some(values)
        return sum(values) / len(values)

    fmean = mean

    def median(values):
        values = sorted(_Statistics._some(values))
        middle = len(values) // 2
        return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2

    def mode(values):
        values = _Statistics._some(values)
        return max(values, key=values.count)

    def pvariance(values):
        values = _Statistics._some(values)
        mean = sum(values) / len(values)
        return sum([(value - mean) ** 2 for value in values]) / len(values)

    def variance(values):
        values = _Statistics._some(values, 2)
        return _Statistics.pvariance(values) * len(values) / (len(values) - 1)

    def pstdev(values):
        return _Statistics.pvariance(values) ** 0.5

    def stdev(values):
        return _Statistics.variance(values) ** 0.5


_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~"


class _Parse:
    def quote(text, safe="/"):
        out = []
        for byte in text if isinstance(text, bytes) else str(text).encode():
            char = chr(byte)
            out.append(char if byte < 128 and (char in _PLAIN or char in safe) else "%%%02X" % byte)
        return "".join(out)

    def quote_plus(text, safe=""):
        return _Parse.quote(text, safe + " ").replace(" ", "+")

    def unquote(text):
        parts = text.split("%")
        out = parts[0].encode()
        for part in parts[1:]:
            try:
                out += bytes([int(part[:2], 16)]) + part[2:].encode()
            except ValueError:
                out += b"%" + part.encode()
        return out.decode()

    def unquote_plus(text):
        return _Parse.unquote(text.replace("+", " "))

    def urlencode(query, doseq=False):
        pairs = query.items() if isinstance(query, dict) else query
        out = []
        for key, value in pairs:
            for each in value if doseq and isinstance(value, (list, tuple)) else [value]:
                out.append(_Parse.quote_plus(str(key)) + "=" + _Parse.quote_plus(str(each)))
        return "&".join(out)

    def parse_qsl(text):
        pairs = [pair.split("=", 1) for pair in text.split("&") if "=" in pair]
        return [(_Parse.unquote_plus(key), _Parse.unquote_plus(value)) for key, value in pairs]

    def parse_qs(text):
        found = {}
        for key, value in _Parse.parse_qsl(text):
            found.setdefault(key, []).append(value)
        return found


class _Urllib:
    parse = _Parse


sys.modules["statistics"] = _Statistics
sys.modules["urllib"] = _Urllib
sys.modules["urllib.parse"] = _Parse
