//! Measuring by Node, which brings gzip and brotli along.

use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::place::Place;

use super::sizes::Sizes;

/// Prints `raw gzip brotli` for each file named, at the levels a server would store.
const SCRIPT: &str = "
    const { readFileSync } = require('fs');
    const zlib = require('zlib');
    for (const file of process.argv.slice(1)) {
        const bytes = readFileSync(file);
        const params = {
            [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
            [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        };
        const gzip = zlib.gzipSync(bytes, { level: 9 }).length;
        console.log(bytes.length, gzip, zlib.brotliCompressSync(bytes, { params }).length);
    }
";

/// The sizes of each file, with its name.
pub(super) fn measure(place: &Place, files: &[PathBuf]) -> Result<Vec<(String, Sizes)>> {
    let mut node = place.command("node");
    node.args(["-e", SCRIPT])
        .args(files)
        .stderr(Stdio::inherit());
    let output = node.output().context("measure with Node")?;
    if !output.status.success() {
        bail!("Node could not measure the files");
    }
    let answer = String::from_utf8(output.stdout).context("read Node's answer")?;
    let sizes: Vec<Sizes> = answer.lines().map(read_line).collect::<Result<_>>()?;
    if sizes.len() != files.len() {
        bail!("Node measured {} of {} files", sizes.len(), files.len());
    }
    let name = |file: &PathBuf| {
        file.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    Ok(files.iter().map(name).zip(sizes).collect())
}

fn read_line(line: &str) -> Result<Sizes> {
    let numbers: Vec<u64> = line.split(' ').map(str::parse).collect::<Result<_, _>>()?;
    match numbers[..] {
        [raw, gzip, brotli] => Ok(Sizes { raw, gzip, brotli }),
        _ => bail!("expected three numbers, got {line:?}"),
    }
}
