//! Chapter 5: budget against actual, benefits, return, as the project file states them.

use super::rows;
use crate::doc::{Block, Table, Tone, text};
use crate::pen::Pen;
use rockhop_domain::report::{Cost, Unit};

pub fn blocks(pen: &mut Pen) -> Vec<Block> {
    let report = pen.report;
    let mut blocks = vec![Block::Para(text(pen.label("cost-note")))];
    if report.cost.lines.is_empty() {
        blocks.push(Block::Callout(Tone::Plain, vec![text(pen.label("no-budget"))]));
    } else {
        blocks.push(budget(pen, &report.cost));
    }
    blocks.push(Block::Heading(pen.label("section-benefits")));
    blocks.push(benefits(pen, &report.cost));
    blocks
}

fn budget(pen: &mut Pen, cost: &Cost) -> Block {
    let heads = ["item", "budget", "actual-cost", "difference", "used"];
    let head = heads.map(|k| pen.label(&format!("col-{k}")));
    let mut table = Table::new(head, [false, true, true, true, true]);
    for line in cost.lines.iter().chain(&cost.totals) {
        let name = if line.name.is_empty() { text(total_name(pen, &line.budget.unit)) } else { text(&line.name) };
        let (budget, actual) = (pen.figure(&line.budget), pen.figure(&line.actual));
        let difference = match line.difference.why() {
            Some(_) => rows::short(pen, &line.difference),
            None => pen.signed(&line.difference),
        };
        let used = rows::short(pen, &line.used);
        table.row([name, budget, actual, difference, used]);
    }
    Block::Table(table)
}

fn total_name(pen: &Pen, unit: &Unit) -> String {
    match unit {
        Unit::Money(currency) => pen.say_with("report-total-of", &[("what", currency.clone())]),
        _ => pen.say_with("report-total-of", &[("what", pen.label("hours"))]),
    }
}

fn benefits(pen: &mut Pen, cost: &Cost) -> Block {
    let head = ["col-benefit", "col-yearly"].map(|k| pen.label(k));
    let mut table = Table::new(head, [false, true]);
    for (name, figure) in &cost.benefits {
        let cell = pen.figure(figure);
        table.row([text(name), cell]);
    }
    let cell = match cost.first_year_return.why() {
        Some(_) => pen.figure(&cost.first_year_return),
        None => pen.signed(&cost.first_year_return),
    };
    table.row([text(pen.label("first-year-return")), cell]);
    table.total = true;
    Block::Table(table)
}
