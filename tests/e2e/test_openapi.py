"""OpenAPI documents: each type's schema equal to FastAPI's, and all examples valid for two validators."""

import json
import os
import re
import subprocess
import unittest

import harness
import test_validation_cases as cases

REDOCLY = os.environ.get("ROBYNC_REDOCLY", "")
EXAMPLES = ["hello", "fibonacci", "orders", "store"]


def document_of(where):
    done = harness.robync("openapi", where)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def schema_rows():
    with open(harness.SHARED / "validation/schemas.jsonl") as lines:
        return [json.loads(line) for line in lines]


class Schemas(unittest.TestCase):
    """Against validation/schemas.jsonl."""

    @classmethod
    def setUpClass(cls):
        cls.rows = schema_rows()
        spec = ['api "Types" version "1"', cases.NAMED]
        for number, row in enumerate(cls.rows):
            spec.append(f"model M{number} {{ v: {row['type']} }}")
            spec.append(f"POST /b{number} (body: M{number}) -> M{number} = native b{number}")
            if "query" in row:
                spec.append(f"GET /q{number} (v: {row['type']}) -> M{number} = native q{number}")
        where = harness.write(harness.folder("types"), {"types.api": "\n".join(spec) + "\n"})
        cls.document = document_of(where)
        cls.schemas = cls.document["components"]["schemas"]

    def field(self, number, side):
        schema = self.schemas.get(f"M{number}") or self.schemas[f"M{number}-{side}"]
        return schema["properties"]["v"]

    def test_fields_of_models(self):
        self.assertEqual(len(self.rows), 49)
        for number, row in enumerate(self.rows):
            with self.subTest(row["type"]):
                self.assertEqual(self.field(number, "Input"), row["body"])
                self.assertEqual(self.field(number, "Output"), row.get("response", row["body"]))

    def test_query_parameters(self):
        for number, row in enumerate(self.rows):
            if "query" in row:
                with self.subTest(row["type"]):
                    self.assertEqual(self.document["paths"][f"/q{number}"]["get"]["parameters"], [row["query"]])

    def test_components(self):
        with open(harness.SHARED / "validation/openapi.json") as text:
            expected = json.load(text)["components"]["schemas"]
        for name, schema in expected.items():
            if re.fullmatch(r"[MO]\d+(-\w+)?", name):
                continue
            with self.subTest(name):
                self.assertEqual(self.schemas.get(name), schema)


class Documents(unittest.TestCase):
    def test_openapi_spec_validator(self):
        from openapi_spec_validator import validate
        for name in EXAMPLES:
            with self.subTest(name):
                validate(document_of(harness.ROOT / "examples" / name))

    def test_redocly(self):
        self.assertTrue(os.path.exists(REDOCLY), "scripts/test installs @redocly/cli")
        where = harness.folder("redocly")
        for name in EXAMPLES:
            with self.subTest(name):
                path = where / f"{name}.json"
                path.write_text(json.dumps(document_of(harness.ROOT / "examples" / name)))
                done = subprocess.run(
                    [REDOCLY, "lint", "--extends", "spec", "--format", "stylish", str(path)],
                    cwd=where, capture_output=True, text=True, timeout=300,
                    env={**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"})
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
