//! A brotli copy of each file, made once here instead of at each request.

use std::path::PathBuf;

use anyhow::Result;

use crate::place::Place;
use crate::shell::Step;

/// Writes `name.br` beside each file named, at the level that takes long and is read often.
const SCRIPT: &str = "
    const { readFileSync, writeFileSync } = require('fs');
    const { brotliCompressSync, constants } = require('zlib');
    for (const file of process.argv.slice(1)) {
        const bytes = readFileSync(file);
        const params = {
            [constants.BROTLI_PARAM_QUALITY]: 11,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        };
        writeFileSync(file + '.br', brotliCompressSync(bytes, { params }));
    }
";

pub(super) fn brotli(place: &Place, step: &mut Step, files: &[PathBuf]) -> Result<()> {
    let mut node = place.command("node");
    node.args(["-e", SCRIPT]).args(files);
    step.run(node)
}
