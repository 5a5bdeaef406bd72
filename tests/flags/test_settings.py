import tomllib

import pytest

from flags.registry import RULES
from flags.settings import FILE_NAME, SettingsError, defaults_text, find_settings, read_settings, write_defaults


def written(tmp_path, text):
    path = tmp_path / FILE_NAME
    path.write_text(text, encoding="utf-8")
    return path


def test_the_defaults_say_every_threshold_and_change_nothing(tmp_path):
    path = write_defaults(tmp_path, RULES)
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    assert found["thresholds"] == {
        rule.id: {each.name: each.default for each in rule.thresholds} for rule in RULES if rule.thresholds
    }
    settings = read_settings(path, RULES)
    assert settings.rules_off == frozenset() and settings.excluded_issuers == frozenset() and settings.roster is None
    assert all(settings.limits(rule) == {each.name: each.default for each in rule.thresholds} for rule in RULES)


def test_every_threshold_is_explained_in_both_languages():
    text = defaults_text(RULES)
    for rule in RULES:
        for each in rule.thresholds:
            assert f"# {each.meaning.zh}\n# {each.meaning.en}\n{each.name} = " in text


def test_a_settings_file_is_not_overwritten(tmp_path):
    write_defaults(tmp_path, RULES)
    with pytest.raises(SettingsError, match="is there already"):
        write_defaults(tmp_path, RULES)


def test_what_is_set_holds(tmp_path):
    (tmp_path / "roster.csv").write_text("\ufeffissuer,region_code,year\n青禾县教育局,410923,2023\n", encoding="utf-8")
    path = written(
        tmp_path,
        'rules_off = ["late"]\nexcluded_issuers = ["青禾县民政局"]\n'
        '[roster]\nfile = "roster.csv"\nissuers = ["青禾县水务局", { issuer = "教育局", region_code = "410999" }]\n'
        "[thresholds.zero-streak]\nyears = 2\n",
    )
    settings = read_settings(path, RULES)
    assert settings.rules_off == {"late"} and settings.excluded_issuers == {"青禾县民政局"}
    assert settings.limits(next(rule for rule in RULES if rule.id == "zero-streak")) == {"years": 2.0}
    assert settings.roster is not None
    assert settings.roster.rows() == [
        (None, "青禾县教育局", "410923", 2023),
        (None, "青禾县水务局", None, None),
        (None, "教育局", "410999", None),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('rule_off = ["late"]', "unknown setting “rule_off”; did you mean “rules_off”"),
        ('rules_off = ["lat"]', "unknown rule “lat”; did you mean “late”"),
        ("[thresholds.zero-streek]\nyears = 2", "unknown rule “zero-streek”; did you mean “zero-streak”"),
        ("[thresholds.zero-streak]\nyear = 2", "unknown threshold of rule zero-streak: “year”; did you mean “years”"),
        ('[thresholds.zero-streak]\nyears = "two"', "threshold zero-streak.years must be a number, not 'two'"),
        ("rules_off = 3", "“rules_off” must be a list of texts"),
        ('[roster]\nfile = "none.csv"', "找不到名录文件"),
        ('[roster]\nissuers = [{ name = "x" }]', "unknown roster column “name”"),
        ('[roster]\nissuers = [{ region_code = "410999" }]', "1 rows of the roster name no issuer"),
        ('[roster]\nissuers = [{ issuer = "x", year = "y" }]', "a year in the roster is no number"),
        ("rules_off = [", "is not valid TOML"),
    ],
)
def test_slips_are_named(tmp_path, text, message):
    path = written(tmp_path, text)
    with pytest.raises(SettingsError) as error:
        read_settings(path, RULES)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_settings_stand_beside_or_inside_the_store(tmp_path):
    store = tmp_path / "store"
    store.mkdir()
    assert find_settings(store, RULES).path is None
    beside = written(tmp_path, 'rules_off = ["late"]')
    assert find_settings(store, RULES).path == beside
    inside = written(store, 'rules_off = ["rollup"]')
    assert find_settings(store, RULES).path == inside
    assert find_settings(store, RULES, beside).rules_off == {"late"}
    with pytest.raises(SettingsError, match="gongkai init"):
        find_settings(store, RULES, tmp_path / "none.toml")
