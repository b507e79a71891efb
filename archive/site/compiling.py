"""What Jinja2 makes of a template, made lighter.

A page consists of hundreds of texts and the calls that give them. Jinja2 wraps each text in a `Markup`, only to join
them in the end; looks at each call for whether the called wants the context passed; and takes what an object does not
have for something undefined, after looking for it among its items, too. That was more than half of the time.

Here texts are escaped into plain ones, what is called is simply called, and attributes are Python's: one that is not
there is an error and no blank. What Jinja2 leaves undefined otherwise, such as a name that a page was not given, stays
so.
"""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import _escape_inner  # type: ignore[attr-defined]  # what `escape` wraps


def escaped(value: Any) -> str:
    """A value as it is written between tags and into attributes: as `markupsafe.escape` has it, but as a plain text."""
    if type(value) is not str:
        if hasattr(value, "__html__"):
            return str(value.__html__())
        value = str(value)
    return _escape_inner(value)


class LighterCode(CodeGenerator):
    """Writes the Python of a template: texts escaped by `escaped`, and what is called simply called."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 (Jinja2's name)
        self.writeline(f"from {__name__} import escaped")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("escaped(")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")
