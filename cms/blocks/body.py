from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks.articles import ArticleBlock
from cms.blocks.markdown import MarkdownBlock

# What a lesson's running text may hold; everything else has a block of its own.
TEXT_FEATURES = ("h2", "h3", "h4", "bold", "link", "document-link", "ol", "ul")


class ImageBlock(blocks.StructBlock):
    """A picture with what it shows in words, for those who cannot see it."""

    image = ImageChooserBlock(label=_("Image"))
    alternative = blocks.CharBlock(
        label=_("What it shows"),
        help_text=_("Read aloud to people who cannot see the picture. Empty: it only decorates."),
        required=False,
        max_length=200,
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "cms/blocks/image.html"


class AttachmentBlock(blocks.StructBlock):
    """A file to take away: a form, a table, the full text of a decision."""

    document = DocumentChooserBlock(label=_("File"))
    description = blocks.CharBlock(label=_("What it is"), required=False, max_length=200)

    class Meta:
        icon = "doc-full"
        label = _("Attachment")
        template = "cms/blocks/attachment.html"


class NoteBlock(blocks.StructBlock):
    """Something to keep in mind, set off from the running text."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=80)
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "link", "ol", "ul"])

    class Meta:
        icon = "warning"
        label = _("Note")
        template = "cms/blocks/note.html"


class LessonBody(blocks.StreamBlock):
    """What a lesson may be made of."""

    text = blocks.RichTextBlock(
        label=_("Text"),
        features=list(TEXT_FEATURES),
        icon="pilcrow",
        template="cms/blocks/text.html",
    )
    article = ArticleBlock()
    note = NoteBlock()
    markdown = MarkdownBlock()
    image = ImageBlock()
    attachment = AttachmentBlock()
