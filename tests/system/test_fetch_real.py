"""The catalog's own datasets, fetched from a mirror that nginx serves. MLPATH_TEST_MIRROR names a
folder laid out as a mirror (<dataset id>/<file name>); without it these tests are skipped, and say
so."""

from __future__ import annotations

import json
import os
import unittest
from pathlib import Path

from fetch_support import SOURCE, FetchTest

MIRROR = os.environ.get("MLPATH_TEST_MIRROR", "")


@unittest.skipUnless(MIRROR, "MLPATH_TEST_MIRROR is not set: the real datasets were not tested")
class RealDatasets(FetchTest):
    def test_every_dataset_of_the_mirror_arrives_and_proves_to_be_the_promised_one(self) -> None:
        server = self.nginx(root=Path(MIRROR))
        catalogue = json.loads((SOURCE / "curricula/datasets.json").read_text(encoding="utf-8"))
        lines = []
        wanted = []
        members = {}
        for dataset in catalogue["datasets"]:
            for file in dataset["files"]:
                if not (Path(MIRROR) / dataset["id"] / file["name"]).exists():
                    print(f"not in the mirror: {dataset['id']}/{file['name']}")
                    continue
                wanted.append(f"{dataset['id']}/{file['name']}")
                archive = file.get("archive")
                for source in file["sources"]:  # its own addresses are out of bounds for a test
                    cells = [
                        dataset["id"],
                        file["name"],
                        "http://127.0.0.1:1/",
                        str(source["bytes"]),
                        source["sha256"],
                    ]
                    if archive:
                        cells += [archive["format"], ",".join(archive["members"])]
                        members[wanted[-1]] = archive["members"]
                    lines.append("\t".join(cells) + "\n")
        path = self.catalogue(*lines)
        code, out = self.fetch(path, "--mirror", server.url)
        self.assertEqual(code, 0, out)
        rows = [line.split() for line in out.splitlines()]
        self.assertEqual([row[0] for row in rows], wanted)
        for row in rows:
            self.assertEqual(row[1], "downloaded")
            for member in members.get(row[0], []):
                self.assertTrue((Path(row[-1]) / member).exists(), member)
        count = len(server.requests())
        code, out = self.fetch(path, "--offline", "--deep")
        self.assertEqual(code, 0, out)
        self.assertEqual({line.split()[1] for line in out.splitlines()}, {"cached"})
        self.assertEqual(len(server.requests()), count)


if __name__ == "__main__":
    unittest.main()
