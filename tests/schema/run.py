#!/usr/bin/python3
"""Holds docs/instrument-1.schema.json and the loader to one corpus.

Every case of tests/invalid/L* says in `error` what the loader finds. Where that is an
error, the schema must reject the file, unless a file `semantic` says why no schema can
see it: then it must accept. Where it is only warnings, it must accept, as it must all
instruments that come with the program. Files that are not JSON are left out.

Ends with 0 when both agree, 1 when not, 77 when python3-jsonschema is not installed.
"""
import json
import pathlib
import sys

try:
    import jsonschema
    Validator = jsonschema.Draft202012Validator
except (ImportError, AttributeError):
    print("schema: left out, python3-jsonschema with draft 2020-12 is not installed")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def no_twins(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys):
        raise ValueError("a key stands twice")
    return dict(pairs)


def load(path):
    """The value, or None where the file is not JSON."""
    try:
        return json.loads(path.read_bytes().decode("utf-8"), object_pairs_hook=no_twins)
    except (ValueError, RecursionError):
        return None


def first_fault(validator, value):
    fault = jsonschema.exceptions.best_match(validator.iter_errors(value))
    if fault is None:
        return None
    place = "/".join(str(part) for part in fault.absolute_path)
    return "/" + place + ": " + fault.message[:160]


def case_wrong(validator, folder):
    """What is wrong with a case, or None."""
    error = (folder / "error").read_text(encoding="utf-8")
    value = load(folder / "input.json")
    if "error[L001]" in error or value is None:
        return None
    fault = first_fault(validator, value)
    wanted = "error[" in error and not (folder / "semantic").exists()
    if wanted and fault is None:
        return "the loader rejects it, the schema accepts it"
    if not wanted and fault is not None:
        return "the schema rejects it: " + fault
    return None


def main():
    schema = json.loads((ROOT / "docs/instrument-1.schema.json").read_text("utf-8"))
    Validator.check_schema(schema)
    validator = Validator(schema)
    cases = sorted((ROOT / "tests/invalid").glob("L*"))
    wrong = {case.name: case_wrong(validator, case) for case in cases}
    for path in sorted((ROOT / "instruments").glob("*.json")):
        wrong[path.name] = first_fault(validator, load(path))
    for name, what in wrong.items():
        if what is not None:
            print(f"schema: {name}: {what}")
    n_wrong = sum(what is not None for what in wrong.values())
    if len(cases) < 45:
        print(f"schema: only {len(cases)} cases were found")
        return 1
    print(f"schema: {len(wrong)} files, {n_wrong} off")
    return 1 if n_wrong else 0


if __name__ == "__main__":
    sys.exit(main())
