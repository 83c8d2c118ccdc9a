"""Pseudonyms say nothing of a name and stay the same under a key."""

from netmap.pseudonyms import Pseudonyms, pseudonyms_of


def test_the_same_data_give_the_same_numbers_and_other_data_others():
    people = [f"p{i}" for i in range(50)]
    first = pseudonyms_of(people, "one")
    assert first == pseudonyms_of(people[::-1], "one")
    assert first != pseudonyms_of(people, "two")
    assert sorted(first.values()) == [f"P{i:03d}" for i in range(1, 51)]


def test_numbers_do_not_follow_the_alphabet():
    people = [f"p{i:02d}" for i in range(50)]
    assert [pseudonyms_of(people, "one")[p] for p in people] != [f"P{i:03d}" for i in range(1, 51)]


def test_new_people_get_the_next_numbers(tmp_path):
    key = Pseudonyms()
    first = pseudonyms_of(["a", "b"], "one", key)
    path = tmp_path / "key.json"
    path.write_bytes(key.to_bytes())
    again = Pseudonyms.read(path)
    second = pseudonyms_of(["c", "a"], "two", again)
    assert second["a"] == first["a"]
    assert second["c"] == "P003"
