//! Sums of money in a text.

/// Signs and codes that stand for money, before or after the number.
const MONEY: &[&str] = &[
    "$", "€", "£", "usd", "eur", "gbp", "chf", "dollars", "dollar", "euro", "euros", "pounds",
    "francs", "franken",
];

/// The first sum of at least so many whole units, as it is written.
pub(super) fn first_in(text: &str, least: Option<u32>) -> Option<String> {
    let least = u64::from(least?);
    let lower = text.to_lowercase();
    // `$5,000` is two words: the sign and the number.
    let spaced: String = lower
        .chars()
        .flat_map(|c| match c {
            '$' | '€' | '£' => vec![' ', c, ' '],
            c => vec![c],
        })
        .collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let is_money = |word: Option<&&str>| {
        word.is_some_and(|word| MONEY.contains(&word.trim_matches(['.', ',', '!', '?', ')', '('])))
    };
    words.iter().enumerate().find_map(|(place, word)| {
        let units = units(word)?;
        let before = place.checked_sub(1).and_then(|before| words.get(before));
        let after = words.get(place + 1);
        let (before, after) = (
            before.filter(|w| is_money(Some(w))),
            after.filter(|w| is_money(Some(w))),
        );
        let money = before.or(after)?;
        let money = money.trim_matches(['.', ',', '!', '?', ')', '(']);
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        (units >= least).then(|| {
            if before.is_some() {
                format!("{money} {word}")
            } else {
                format!("{word} {money}")
            }
        })
    })
}

/// The whole units of `5000`, `5,000.50`, `5.000,50`, `5'000`, `5k` or `2m`.
fn units(word: &str) -> Option<u64> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let (number, times) = match word.strip_suffix('k').or_else(|| word.strip_suffix('m')) {
        Some(number) if word.ends_with('k') => (number, 1_000),
        Some(number) => (number, 1_000_000),
        None => (word, 1),
    };
    let fits = number.starts_with(|c: char| c.is_ascii_digit())
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’'));
    if !fits || number.len() > 18 {
        return None;
    }
    // One or two digits after the last separator are the hundredths.
    let whole = match number.rfind(['.', ',']) {
        Some(point) if number.len() - point <= 3 => &number[..point],
        _ => number,
    };
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    digits.parse::<u64>().ok()?.checked_mul(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_as_people_write_them() {
        for text in [
            "Our budget is $5,000.",
            "about 5.000,50 € per year",
            "CHF 5'000",
            "a deal of 5k euros!",
            "5000 USD",
        ] {
            assert!(first_in(text, Some(5_000)).is_some(), "{text}");
            assert_eq!(None, first_in(text, Some(5_001)), "{text}");
        }
    }

    #[test]
    fn a_number_without_money_is_no_sum() {
        assert_eq!(None, first_in("Order 123456 from 2026", Some(1_000)));
        assert_eq!(None, first_in("It costs $20.99", Some(1_000)));
    }
}
