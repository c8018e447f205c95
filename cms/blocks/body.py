from wagtail import blocks


class LessonBody(blocks.StreamBlock):
    """What a lesson may be made of."""

    text = blocks.RichTextBlock()
