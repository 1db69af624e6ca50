//! Saved replies that do something: what their steps have to be like.

use domain::Refusal;
use domain::reply::checked;
use protocol::entry::Outcome;
use protocol::forms::ReplyForm;
use protocol::limits;
use protocol::refusal::{Field, Problem};
use protocol::reply::{Share, Step};

fn form(steps: Vec<Step>) -> ReplyForm {
    ReplyForm {
        id: None,
        version: 0,
        share: Share::Own,
        shortcut: "done".to_owned(),
        title: "Done".to_owned(),
        text: String::new(),
        steps,
        files: Vec::new(),
    }
}

#[test]
fn a_macro_may_say_nothing_and_ends_with_what_leaves() {
    let refused = |steps, problem| {
        let field = Field::Message;
        let refusal = Refusal::FieldInvalid { field, problem };
        assert_eq!(Err(refusal), checked(form(steps)));
    };
    let note = Step::Note("  Asked {{visitor.name}} \n".to_owned());
    let ends = Step::Resolve(Outcome::Closed);
    let kept = checked(form(vec![note, ends.clone()])).expect("it is one");
    let note = Step::Note("Asked {{visitor.name}}".to_owned());
    assert_eq!(vec![note.clone(), ends.clone()], kept.steps);

    refused(Vec::new(), Problem::Missing);
    refused(vec![ends.clone(), note.clone()], Problem::Overlaps);
    refused(vec![Step::Snooze(None), ends], Problem::Overlaps);
    refused(vec![Step::Note(" ".to_owned())], Problem::Missing);
    refused(vec![Step::Resolve(Outcome::Spam)], Problem::Unknown);
    let (least, most) = (1, limits::SNOOZE_DAYS * 1_440);
    for minutes in [0, most + 1] {
        let problem = Problem::OutOfRange { least, most };
        refused(vec![Step::Snooze(Some(minutes))], problem);
    }
    let limit = limits::STEPS as u32;
    refused(vec![note; limits::STEPS + 1], Problem::TooMany { limit });
    let unknown = Step::Note("{{visitor.shoe}}".to_owned());
    assert!(matches!(
        checked(form(vec![unknown])),
        Err(Refusal::VariableUnknown { .. })
    ));
}
