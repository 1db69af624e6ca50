//! What was measured: a table for people, and one line of JSON for programs.

use serde::Serialize;

/// A figure, and what it is held against.
#[derive(Debug, Serialize)]
pub(crate) struct Figure {
    /// What was done.
    pub(crate) of: String,
    /// What was measured of it, with its unit.
    pub(crate) what: &'static str,
    pub(crate) value: f64,
    pub(crate) goal: Option<Goal>,
    /// Whether the goal was met; none without one.
    pub(crate) met: Option<bool>,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

/// All figures of a run, in the order in which they were measured.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Figures(pub(crate) Vec<Figure>);

impl Figures {
    /// A figure to know.
    pub(crate) fn note(&mut self, of: &str, what: &'static str, value: f64) {
        self.add(of, what, value, None);
    }

    /// A figure with a goal.
    pub(crate) fn hold(&mut self, of: &str, what: &'static str, value: f64, goal: Goal) {
        self.add(of, what, value, Some(goal));
    }

    fn add(&mut self, of: &str, what: &'static str, value: f64, goal: Option<Goal>) {
        let met = goal.map(|goal| match goal {
            Goal::AtMost(most) => value <= most,
            Goal::AtLeast(least) => value >= least,
        });
        let figure = Figure {
            of: of.to_owned(),
            what,
            value: rounded(value),
            goal,
            met,
        };
        eprintln!("{}", line(&figure));
        self.0.push(figure);
    }
}

/// To three digits, as far as they say something.
fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let places = (2.0 - value.abs().log10().floor()).max(0.0);
    let factor = 10_f64.powf(places);
    (value * factor).round() / factor
}

/// As a line of the table.
fn line(figure: &Figure) -> String {
    let goal = match figure.goal {
        None => String::new(),
        Some(Goal::AtMost(most)) => format!("goal ≤ {most}"),
        Some(Goal::AtLeast(least)) => format!("goal ≥ {least}"),
    };
    let met = match figure.met {
        None => "",
        Some(true) => "met",
        Some(false) => "MISSED",
    };
    format!(
        "  {:<44} {:<34} {:>12} {goal:<14} {met}",
        figure.of, figure.what, figure.value
    )
}

/// The one in the middle.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_three_digits() {
        assert_eq!(0.00123, rounded(0.001_234));
        assert_eq!(12.3, rounded(12.34));
        assert_eq!(12_346.0, rounded(12_345.6));
    }

    #[test]
    fn a_goal_is_met_from_its_side() {
        let mut figures = Figures::default();
        figures.hold("it", "ms", 3.0, Goal::AtMost(2.0));
        figures.hold("it", "per second", 3.0, Goal::AtLeast(2.0));
        assert_eq!(Some(false), figures.0[0].met);
        assert_eq!(Some(true), figures.0[1].met);
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(2.0, median(vec![9.0, 1.0, 2.0]));
    }
}
