//! `gate` and `gates`: what the hub promises, shown on a real server under load and faults.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::autobahn;
use crate::cargo::cargo;
use crate::client;
use crate::place::Place;
use crate::postgres;
use crate::shell;
use crate::tally::Tally;
use crate::tools;

/// Every gate, with the defects that it has to catch.
const GATES: [Gate; 8] = [
    Gate {
        name: "crash",
        on: DATABASES,
        defects: &[
            // What was told and taken back is replaced by something else, or was never there for
            // those who came back meanwhile.
            Defect::everywhere(
                "ack-before-commit",
                &["lost", "told_otherwise", "told_out_of_order"],
            ),
            Defect::everywhere("no-unique-key", &["duplicated"]),
        ],
    },
    Gate {
        name: "drain",
        on: DATABASES,
        defects: &[Defect::everywhere("no-registry", &["other_code"])],
    },
    Gate {
        name: "claim",
        on: DATABASES,
        defects: &[Defect::everywhere(
            "check-then-set",
            &["over_the_limit", "two_winners", "not_linear"],
        )],
    },
    Gate {
        name: "slow",
        on: DATABASES,
        defects: &[Defect::everywhere("endless-queue", &["not_told_to_resume"])],
    },
    Gate {
        name: "cancel-storm",
        on: DATABASES,
        defects: &[Defect {
            name: "unspawned-unit",
            // SQLite's driver begins a transaction in one step that nothing can cancel.
            on: &["postgres"],
            shows: &["left_in_transaction"],
        }],
    },
    Gate {
        name: "storm",
        on: DATABASES,
        defects: &[
            Defect::everywhere("no-jitter", &["came_together"]),
            Defect::everywhere("one-by-one", &["too_many_statements"]),
        ],
    },
    Gate {
        name: "powercut",
        on: &["sqlite"],
        defects: &[Defect {
            name: "no-sync",
            on: &["sqlite"],
            shows: &["lost", "not_back"],
        }],
    },
    Gate {
        name: "enospc",
        on: &["sqlite"],
        defects: &[
            Defect {
                name: "swallowed-error",
                on: &["sqlite"],
                shows: &["lost"],
            },
            Defect {
                name: "kept-connection",
                on: &["sqlite"],
                shows: &["lost"],
            },
        ],
    },
];

/// Run by name only, because it takes minutes; its defect is proved with all others.
const SOAK: Gate = Gate {
    name: "soak",
    on: DATABASES,
    defects: &[Defect {
        name: "leak",
        on: &["sqlite"],
        shows: &["memory_grows"],
    }],
};

const DATABASES: &[&str] = &["sqlite", "postgres"];

struct Gate {
    name: &'static str,
    /// The databases on which it is run.
    on: &'static [&'static str],
    defects: &'static [Defect],
}

/// A defect, the databases on which it does harm, and what of that the gate has to name.
struct Defect {
    name: &'static str,
    on: &'static [&'static str],
    shows: &'static [&'static str],
}

impl Defect {
    const fn everywhere(name: &'static str, shows: &'static [&'static str]) -> Self {
        Self {
            name,
            on: DATABASES,
            shows,
        }
    }
}

#[derive(clap::Args)]
pub(crate) struct One {
    /// Its name, such as `crash`.
    name: String,
    /// The form for releases.
    #[arg(long)]
    long: bool,
    /// A known defect, which the gate has to catch.
    #[arg(long)]
    sabotage: Option<String>,
    /// `sqlite` or `postgres`.
    #[arg(long, default_value = "sqlite")]
    database: String,
    /// What chance begins from, as a report named it.
    #[arg(long)]
    seed: Option<u64>,
}

#[derive(clap::Args)]
pub(crate) struct All {
    /// Switch on each known defect in turn; every one has to be caught.
    #[arg(long)]
    prove: bool,
}

/// Runs one gate; its report is the only line on standard output.
pub(crate) fn gate(place: &Place, args: &One) -> Result<ExitCode> {
    let programs = build(place)?;
    if args.name == "autobahn" {
        return autobahn::gate(place, &programs.server, args.sabotage.as_deref());
    }
    let server = match args.database.as_str() {
        "sqlite" => None,
        "postgres" => Some(throw_away(place)?),
        other => bail!("{other} is no database: sqlite or postgres"),
    };
    let url = server
        .as_ref()
        .map_or("sqlite", |server| server.url.as_str());
    let mut options = Vec::new();
    if args.long {
        options.push("--long".to_owned());
    }
    options.extend(
        args.sabotage
            .iter()
            .map(|name| format!("--sabotage={name}")),
    );
    options.extend(args.seed.iter().map(|seed| format!("--seed={seed}")));
    let report = programs.run(place, &args.name, url, &options)?;
    Ok(if report["passed"] == true {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Runs the short form of every gate on both databases, or proves that the gates catch defects.
pub(crate) fn gates(place: &Place, args: &All) -> Result<ExitCode> {
    let mut tally = Tally::default();
    suite(place, &mut tally, args.prove)?;
    if args.prove {
        let python = shell::step("Python", |step| tools::ensure_python(place, step))?;
        client::prove(place, &mut tally, &python);
    }
    tally.report();
    Ok(tally.exit_code())
}

/// Counts each gate, or each defect, as one check.
pub(crate) fn suite(place: &Place, tally: &mut Tally, prove: bool) -> Result<()> {
    let programs = build(place)?;
    let server = throw_away(place)?;
    for database in DATABASES {
        let url = if *database == "sqlite" {
            "sqlite"
        } else {
            &server.url
        };
        let by_name = prove.then_some(&SOAK);
        let gates = GATES.iter().chain(by_name);
        for gate in gates.filter(|gate| gate.on.contains(database)) {
            if !prove {
                let name = format!("Gate {} on {database}", gate.name);
                let result = programs.run(place, gate.name, url, &[]);
                tally.check(&name, result.and_then(|report| passes(&report)));
                continue;
            }
            for defect in gate
                .defects
                .iter()
                .filter(|defect| defect.on.contains(database))
            {
                let name = format!("Gate {} catches {} on {database}", gate.name, defect.name);
                let option = format!("--sabotage={}", defect.name);
                let result = programs.run(place, gate.name, url, &[option]);
                tally.check(&name, result.and_then(|report| is_caught(&report, defect)));
            }
        }
    }
    Ok(())
}

fn passes(report: &Value) -> Result<()> {
    ensure!(report["passed"] == true, "broken: {}", report["broken"]);
    Ok(())
}

/// A gate that fails for another reason has not caught anything.
fn is_caught(report: &Value, defect: &Defect) -> Result<()> {
    let broken = &report["broken"];
    let named = defect.shows.iter().any(|name| broken.get(name).is_some());
    ensure!(named, "not caught, the gate is void; broken: {broken}");
    Ok(())
}

/// What gates are run with.
struct Programs {
    load: PathBuf,
    /// The server in which defects can be switched on.
    server: PathBuf,
}

/// Builds both. The server is copied aside, because the ordinary build has the same name.
fn build(place: &Place) -> Result<Programs> {
    let folder = place.target.join("gates");
    fs::create_dir_all(&folder).context("make the gates' folder")?;
    let programs = Programs {
        load: place.target.join("debug").join("load"),
        server: folder.join("baton"),
    };
    shell::live_step("Server with switches for defects", |step| {
        step.run(cargo(
            place,
            &[
                "build",
                "--bin",
                "baton",
                "--bin",
                "load",
                "--features",
                "server/faults",
            ],
        ))?;
        fs::copy(place.server(), &programs.server).context("copy the server aside")?;
        // Whoever starts the ordinary server next must not get this one.
        step.run(cargo(place, &["build", "--bin", "baton"]))
    })?;
    Ok(programs)
}

/// A PostgreSQL server for this run alone.
pub(crate) fn throw_away(place: &Place) -> Result<postgres::Postgres> {
    let programs = shell::step("PostgreSQL", |step| tools::ensure_postgres(place, step))?;
    shell::step("Throw-away PostgreSQL", |step| {
        postgres::start(place, step, &programs)
    })
}

impl Programs {
    /// Runs a gate, prints its report and returns it. A gate that does not report is an error, so
    /// that a defect is not taken for caught because nothing ran.
    fn run(&self, place: &Place, gate: &str, database: &str, options: &[String]) -> Result<Value> {
        let mut command = place.command(&self.load);
        command.args(["gate", gate, "--database", database]);
        command.arg("--program").arg(&self.server).args(options);
        let mut report = None;
        let title = format!("Gate {gate} {}", options.join(" "));
        let ended = shell::live_step(title.trim(), |step| {
            step.run_watching(command, &mut |line| {
                let read = serde_json::from_str::<Value>(line);
                if let Some(read) = read.ok().filter(|read| read["gate"].is_string()) {
                    println!("{line}");
                    report = Some(read);
                }
            })
        });
        let Some(report) = report else {
            ended?;
            bail!("the gate {gate} reported nothing");
        };
        if let Some(broke) = report["broken"].get("broke_off") {
            bail!("the gate {gate} broke off: {}", broke["case"]);
        }
        Ok(report)
    }
}
