"""Texts as the template walks them. On paper nobody can click, so links get a number."""

from dialogues.markup import Block, Body, Bold, Link, Paragraph, Span


class Paper:
    """Turns texts into data; ``addresses`` are those of their links, each once, in order."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def blocks(self, body: Body) -> list[dict[str, object]]:
        """The paragraphs, as ``spans``, and the lists, as ``items`` of spans."""
        return list(map(self._block, body))

    def _block(self, block: Block) -> dict[str, object]:
        if isinstance(block, Paragraph):
            return {"spans": list(map(self._span, block.spans))}
        return {"items": [list(map(self._span, item)) for item in block.items]}

    def _span(self, span: Span) -> dict[str, object]:
        match span:
            case Bold(text=text):
                return {"kind": "bold", "text": text}
            case Link(text=text, address=address):
                if address not in self.addresses:
                    self.addresses.append(address)
                number = self.addresses.index(address) + 1
                return {"kind": "link", "text": text, "address": address, "number": number}
            case _:
                return {"kind": "plain", "text": span.text}
