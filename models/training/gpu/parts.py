"""A file in parts that are small enough to be carried, and back.

    python parts.py split FILE DIR [--mebibytes 15]     DIR/FILE.00, DIR/FILE.01 … and DIR/FILE.sha256
    python parts.py join DIR NAME FILE                  checks the hash
"""

import argparse
import glob
import hashlib
import os


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    split = commands.add_parser("split")
    split.add_argument("file")
    split.add_argument("directory")
    split.add_argument("--mebibytes", type=float, default=15)
    join = commands.add_parser("join")
    join.add_argument("directory")
    join.add_argument("name")
    join.add_argument("file")
    a = parser.parse_args()
    if a.command == "split":
        with open(a.file, "rb") as file:
            content = file.read()
        os.makedirs(a.directory, exist_ok=True)
        name = os.path.join(a.directory, os.path.basename(a.file))
        step = int(a.mebibytes * 2**20)
        for number, at in enumerate(range(0, len(content), step)):
            with open(f"{name}.{number:02d}", "wb") as part:
                part.write(content[at : at + step])
        with open(f"{name}.sha256", "w", encoding="ascii") as hash_file:
            hash_file.write(hashlib.sha256(content).hexdigest() + "\n")
        return
    name = os.path.join(a.directory, a.name)
    content = b""
    for part in sorted(glob.glob(f"{glob.escape(name)}.[0-9][0-9]")):
        with open(part, "rb") as file:
            content += file.read()
    with open(f"{name}.sha256", encoding="ascii") as hash_file:
        wanted = hash_file.read().strip()
    if hashlib.sha256(content).hexdigest() != wanted:
        raise SystemExit(f"the parts of {name} are incomplete or damaged: fetch them again")
    with open(a.file, "wb") as file:
        file.write(content)


if __name__ == "__main__":
    main()
