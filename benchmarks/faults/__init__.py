"""What happens to a case when processes die, system calls fail, power goes, disks fill, bits rot and releases are forged.

    ./run bench faults                     everything, with the counts that docs/method/faults.md quotes
    ./run bench faults kill power --count 500 --seed 7 --json

Each part also runs with seeded bugs and fails itself when one of them goes unnoticed. Method: docs/method/faults.md.
"""
