"""The password of the figures, and the tickets that it gives."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.web.admission import Admission, TooManyAttempts
from tests.bot.clock import Clock

PASSWORD = "een-heel-lang-wachtwoord"


@given(st.text(max_size=40).filter(lambda text: text != PASSWORD))
@example("")
@example(PASSWORD[:-1])
@example(PASSWORD.upper())
@example(PASSWORD + " ")
def test_only_the_password_lets_in(wrong: str) -> None:
    admission = Admission(PASSWORD)

    assert admission.knows(PASSWORD)
    assert not admission.knows(wrong)


def test_after_ten_wrong_ones_nobody_comes_in_for_a_while() -> None:
    clock = Clock()
    admission = Admission(PASSWORD, clock)
    for second in range(10):
        clock.now = float(second)
        assert admission.knows(PASSWORD)
        assert not admission.knows("fout")

    for typed in ("fout", PASSWORD):
        with pytest.raises(TooManyAttempts) as refused:
            admission.knows(typed)
        assert refused.value.seconds == 52
    clock.now = 60.0
    assert admission.knows(PASSWORD)
    # Nine of them are still in the last minute, so one more is too many again.
    assert not admission.knows("fout")
    with pytest.raises(TooManyAttempts):
        admission.knows(PASSWORD)


def test_a_ticket_lets_in_until_it_ends_and_everywhere() -> None:
    clock = Clock()
    ticket = Admission(PASSWORD, clock).ticket()
    other_process = Admission(PASSWORD, clock)

    assert other_process.accepts(ticket)
    assert PASSWORD not in ticket
    clock.now = 15 * 60 - 1
    assert other_process.accepts(ticket)
    clock.now = 15 * 60
    assert not other_process.accepts(ticket)


def test_a_ticket_lets_in_when_passwords_no_longer_do() -> None:
    admission = Admission(PASSWORD, Clock())
    ticket = admission.ticket()
    for _ in range(10):
        admission.knows("fout")

    assert admission.accepts(ticket)


@given(st.text(max_size=80))
@example("")
@example(".")
@example("99999999999.")
@example(Admission("een-ander-wachtwoord").ticket())
def test_no_other_ticket_lets_in(forged: str) -> None:
    assert not Admission(PASSWORD).accepts(forged)


@pytest.mark.parametrize("at", [0, 5, -1], ids=["first digit", "middle", "last sign"])
def test_a_ticket_that_was_changed_does_not_let_in(at: int) -> None:
    admission = Admission(PASSWORD)
    signs = list(admission.ticket())
    signs[at] = "1" if signs[at] != "1" else "2"

    assert not admission.accepts("".join(signs))
