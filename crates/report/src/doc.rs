//! The report as a document: chapters of blocks, before it is Markdown or HTML.
//!
//! Both writers walk through the same document, so they cannot say different things.

/// The whole document, in one language.
#[derive(Debug, Clone)]
pub struct Document {
    /// On the cover and in the window's title, with the marking in it.
    pub title: String,
    /// The language tag.
    pub lang: &'static str,
    /// Stands on every page when the machines were not real.
    pub marking: Option<String>,
    /// At the foot of every printed page.
    pub foot: String,
    /// Under the title.
    pub cover: Vec<(String, Inline)>,
    /// The word for the table of contents.
    pub contents: String,
    /// In order; the last is the appendix.
    pub chapters: Vec<Chapter>,
}

/// A chapter.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// Its anchor.
    pub id: String,
    /// With its number.
    pub title: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A part of a chapter.
#[derive(Debug, Clone)]
pub enum Block {
    /// A section's heading.
    Heading(String),
    /// A paragraph.
    Para(Inline),
    /// A list.
    List(Vec<Inline>),
    /// Something that must not be overlooked, or a remark aside.
    Callout(Tone, Vec<Inline>),
    /// The numbers that a reader looks for first.
    Cards(Vec<Card>),
    /// Names and what they stand for.
    Terms(Vec<(String, Inline)>),
    /// A table.
    Table(Table),
    /// A drawing; whatever it shows stands in a table, too.
    Chart(Chart),
}

/// A line of text and numbers.
pub type Inline = Vec<Span>;

/// A part of a line.
#[derive(Debug, Clone)]
pub enum Span {
    /// Words.
    Text(String),
    /// Words that carry weight.
    Strong(String),
    /// A name as machines write it.
    Code(String),
    /// A number, as it is printed.
    Number(String),
    /// There is no number; why.
    Missing {
        /// "not measured".
        word: String,
        /// The reason.
        why: String,
    },
    /// What the reader should know beside a number.
    Note(String),
    /// A standing, coloured.
    Pill(Tone, String),
    /// Where it comes from.
    Links(Vec<Link>),
    /// A place that links go to.
    Anchor(String),
}

/// A link into the appendix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// `L123`.
    pub label: String,
    /// Its anchor.
    pub target: String,
}

/// What a colour says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// To be noted.
    Warn,
    /// Not as it should be.
    Bad,
    /// Neither.
    Plain,
}

/// One of the numbers that a reader looks for first.
#[derive(Debug, Clone)]
pub struct Card {
    /// What it counts.
    pub label: String,
    /// The number.
    pub value: Inline,
    /// A line below it.
    pub below: Inline,
}

/// A table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Headings with their alignment.
    pub head: Vec<(String, Align)>,
    /// Rows of cells.
    pub rows: Vec<Vec<Inline>>,
    /// The last row is a sum.
    pub total: bool,
}

/// How a column stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Numbers.
    Right,
}

/// A drawing.
#[derive(Debug, Clone)]
pub struct Chart {
    /// What it shows, in a sentence.
    pub caption: String,
    /// The `svg` element.
    pub svg: String,
    /// What its colours mean.
    pub legend: Vec<(&'static str, String)>,
}

impl Table {
    /// A table with these headings: `>` before a heading sets its column to the right.
    pub fn new<const N: usize>(head: [String; N], right: [bool; N]) -> Self {
        let align = |right| if right { Align::Right } else { Align::Left };
        let head = head.into_iter().zip(right.map(align)).collect();
        Self { head, ..Self::default() }
    }

    /// One more row.
    pub fn row<const N: usize>(&mut self, cells: [Inline; N]) {
        self.rows.push(cells.into_iter().collect());
    }
}

/// One span of words.
pub fn text(words: impl Into<String>) -> Inline {
    vec![Span::Text(words.into())]
}

/// One name as machines write it.
pub fn code(name: impl ToString) -> Inline {
    vec![Span::Code(name.to_string())]
}

/// Parts of a line, one after the other.
pub fn line<const N: usize>(parts: [Inline; N]) -> Inline {
    parts.into_iter().flatten().collect()
}
