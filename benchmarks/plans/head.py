"""The head and the foot of a plan: letterhead by Decree 30/2020/NĐ-CP, title, legal bases, recipients, signer."""

from __future__ import annotations

import datetime
from typing import Any

from benchmarks.plans.banks import bank
from benchmarks.plans.draft import Block, Draft
from benchmarks.plans.duties import note_crowd
from benchmarks.plans.setting import Setting, own_name

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"


def write_head(draft: Draft, setting: Setting) -> None:
    """Letterhead and title."""
    name, unit = own_name(setting), setting.unit
    above = "ỦY BAN NHÂN DÂN" if setting.level == "province" or setting.chance(0.5) else (
        f"{setting.slots['parent'].upper()}\nỦY BAN NHÂN DÂN")  # fmt: skip
    number = "Số:        /KH-UBND" if setting.draft else f"Số: {setting.number}/KH-UBND"
    left = f"{above}\n{unit.upper()} {name.upper()}\n-------\n{number}"
    draft.blocks.append(Block("letterhead", left, beside=f"{MOTTO}\n---------------\n{dateline(setting)}"))
    draft.add("title", "KẾ HOẠCH")
    title = setting.slots["title"]
    start = title.index(setting.slots["period"])
    marked = f"{title[:start]}<{setting.slots['period']}>{title[start + len(setting.slots['period']) :]}"
    draft.add("title", marked, [period_row(setting)])


def dateline(setting: Setting) -> str:
    """Place and day; a draft leaves the day open."""
    day = setting.day
    month = f"{day.month:02d}" if day.month < 3 or setting.chance(0.5) else str(day.month)
    shown = "     " if setting.draft else f"{day.day:02d}"
    return f"{own_name(setting)}, ngày {shown} tháng {month} năm {day.year}"


def period_row(setting: Setting) -> dict[str, Any]:
    """The plan's own years, as a deadline."""
    return {
        "table": "deadlines", "kind": "period", "start_date": f"{setting.first}-01-01",
        "end_date": f"{setting.last}-12-31", "precision": "year", "recurrence": None, "note": "period.title",
    }  # fmt: skip


def citation(setting: Setting, kind: str) -> tuple[str, dict[str, Any]]:
    """A document to cite: how it is written, and its row without relation."""
    told, rng, forms = bank("citations"), setting.rng, []
    while not forms:
        day = setting.day - datetime.timedelta(days=rng.randint(30, 1500))
        forms = [form for form in told[kind] if fits(form, setting, day.year)]
    form = rng.choice(forms)
    number = str(rng.randint(1, form["high"])).zfill(2)
    date = rng.choice(told["dates"]).format(
        d=day.day, m=day.month, y=day.year, dd=f"{day.day:02d}", mm=f"{day.month:02d}"
    )
    start = day.year - day.year % 5 + 1
    subject = setting.fill(setting.deal("subjects", subjects(setting)), a=start, b=start + 4)
    text = setting.fill(form["form"], n=number, y=day.year, date=date)
    row = {
        "table": "citations", "instrument": form["instrument"], "date": day.isoformat(),
        "number": form["number"].format(n=number, y=day.year),
    }  # fmt: skip
    return f"{text} {subject}".strip(), row


def subjects(setting: Setting) -> list[str]:
    """What cited documents are about."""
    told = bank("citations")["subjects"]
    return [*told[setting.topic], *told["any"]]


def fits(form: dict[str, Any], setting: Setting, year: int) -> bool:
    """Whether such a document existed then and is one for this topic and level."""
    return (
        form.get("from", 0) <= year <= form.get("to", 9999)
        and setting.topic in form.get("topics", [setting.topic])
        and setting.level in form.get("levels", [setting.level])
    )


def write_bases(draft: Draft, setting: Setting) -> list[dict[str, Any]]:
    """Legal bases and the sentence that leads over; the rows that were noted."""
    told, rng = bank("citations"), setting.rng
    kinds = ["central"] * rng.randint(2, 4) + ["ministry"] * rng.randint(0, 1) + ["local"] * rng.randint(1, 3)
    cited = [citation(setting, kind) for kind in kinds]
    rows = [row | {"relation": "legal_basis", "note": "basis"} for _, row in cited]
    joined, opening = setting.chance(0.35), rng.choice(told["openings"])
    if setting.chance(0.4):
        draft.add("para", rng.choice(told["laws"]))
    if joined:
        draft.add("para", f"{opening} {'; '.join(text for text, _ in cited)};")
    else:
        for place, (text, _) in enumerate(cited):
            again = opening if place < len(cited) - 1 else rng.choice(told["openings"])
            draft.add("para", f"{again} {text}{';' if place < len(cited) - 1 else ','}")
    for row in rows:
        draft.note(row)
    lead = setting.slots["lead"]
    preamble = setting.fill(rng.choice(bank("prose")["preambles"]), lead=lead)
    draft.add("para", preamble)
    return rows


def write_foot(draft: Draft, setting: Setting, signer: dict[str, Any]) -> None:
    """The last sentence, recipients and signer."""
    prose = bank("prose")
    draft.add("para", setting.fill(setting.pick(prose["closings"])))
    note_crowd(draft)
    names = prose["recipients"][setting.level]
    chosen = [setting.fill(name) for name in names[: setting.rng.randint(4, len(names))]]
    left = "Nơi nhận:\n" + "\n".join(f"- {name};" for name in chosen) + "\n- Lưu: VT."
    title = signer["signer_title"].upper()
    head = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH" if title == "CHỦ TỊCH" else "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
    if title != "CHỦ TỊCH" and setting.chance(0.6):
        head = f"TM. ỦY BAN NHÂN DÂN\n{head}"
    draft.blocks.append(Block("closing", left, beside=f"{head}\n\n\n{signer['signer_name']}"))


def draw_signer(setting: Setting) -> dict[str, Any]:
    """Name, title and capacity of who signs."""
    people, rng = bank("people"), setting.rng
    side = people["women" if rng.random() < 0.3 else "men"]
    name = f"{rng.choice(people['surnames'])} {rng.choice(side['middle'])} {rng.choice(side['given'])}"
    chief = rng.random() < 0.4
    return {
        "signer_name": name, "signer_title": "Chủ tịch" if chief else "Phó Chủ tịch",
        "signing_capacity": "TM." if chief else "KT.",
    }  # fmt: skip
