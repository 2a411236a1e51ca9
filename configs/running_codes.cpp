// Pages of the codes that come after the spec was read: from data, studies, commands and models.
#include "configs/codes.h"

namespace hone {
namespace {

constexpr CodePage kPages[] = {
    // The space.
    {"space::infeasible",
     "No configuration that the clauses of [constraints] allow was found. Usually two clauses contradict each other, "
     "or "
     "a forbid is meant as a require."},
    {"space::rarely-feasible",
     "The clauses allow less than a hundredth of the space: each proposal is found by many draws, and models learn "
     "little of what lies between. Narrow the ranges, or search what remains under another parametrisation, such as a "
     "total and a share instead of two parts."},
    {"space::forbidden-default",
     "The first trial takes the defaults, and the clauses of [constraints] do not allow them. Change a default or the "
     "clause."},
    {"space::bad-start",
     "A start point of [sampler] is not in the space: a value outside of its range, a parameter that its condition "
     "leaves out, a clause that does not allow it, a study or file that holds nothing that fits."},
    {"space::cannot-migrate",
     "A study goes on in a changed space only when every parameter is accounted for: --default NAME=VALUE says what "
     "the "
     "trials so far had of a new one, --rename OLD=NEW that one is called otherwise, --drop NAME that one is gone. "
     "`hone "
     "space diff STUDY NEW` shows what changed."},
    {"trial::no-metric",
     "A command ended well, but its objective was in nothing it wrote: no report line, no line of JSON, no "
     "`name=value` "
     "or `name: value` on stdout, and no file of a logger in {folder}. `hone check --try` shows what is understood. "
     "Print "
     "the metric under the objective's name, name one that is there, or say with [trainer] metrics where it stands."},
    {"study::changed-code",
     "The spec is the same, but program, script files or git commit are not those that the study's trials ran. A "
     "finished study is then not shown as if all were well: --if-finished new starts NAME-2, extend adds the budget "
     "again. An unfinished one goes on and marks its later trials, unless --strict-code was given."},
    {"study::finished",
     "The study is finished and --if-finished fail was given: nothing ran. --if-finished new starts another one, "
     "extend "
     "adds the budget again."},
    {"study::on-finish",
     "The program of [study] on_finish could not be started, failed or took longer than a minute. The study is "
     "complete "
     "all the same; the program gets its result as JSON on stdin."},
    // Data.
    {"data::no-source",
     "The data file of [dataset] source is not there, or is a folder. A path in a spec is relative to the file it "
     "stands in; the message says where was looked."},
    {"data::empty", "The data file holds no line, or a header and no rows. Look whether it was written to its end."},
    {"data::damaged-gzip",
     "The .gz file ends too early or its checksum does not fit: a download or copy that was cut. `gzip -t FILE` checks "
     "it; get the file again."},
    {"data::damaged",
     "A file that hone itself wrote below studies/.data or in the study was changed or cut. Delete it: it is imported "
     "from the source again."},
    {"data::not-text",
     "A CSV file is UTF-8 text without zero bytes. Convert it (`iconv -f latin1 -t utf-8`), or unpack it if it is an "
     "archive."},
    {"data::ragged-line",
     "Every line of a CSV has as many values as the first. Usually a separator stands inside a value: quote that "
     "value, "
     "or set [dataset] separator."},
    {"data::open-quote", "A value begins with a quote that never ends, so the rest of the file would be one value."},
    {"data::text-after-quote",
     "A quoted value is followed by text before the next separator. A quote inside a quoted value is written twice."},
    {"data::bad-separator", "[dataset] separator is auto, tab or one character that is no quote and no line break."},
    {"data::column-names",
     "The names in [dataset] columns do not fit the file: another number of them, or the file has a header already."},
    {"data::column-twice", "Two columns have one name, so that a spec could not say which is meant. Rename one."},
    {"data::unknown-column", "The spec names a column that the file does not have. The nearest names are proposed."},
    {"data::missing-column",
     "The model was trained on a column that this file does not have. Columns are found by their names, in any order."},
    {"data::other-columns",
     "The file has another number of columns than the model was trained on (with or without the target). It may be "
     "another table, or another separator."},
    {"data::no-target",
     "[dataset] target is missing or names no column. Give a name of the header, or a number: 1 is the first column, "
     "-1 the last."},
    {"data::missing-target",
     "A row has no target, so there is nothing to learn from it. Remove such rows; missing values are fine in all "
     "other "
     "columns."},
    {"data::one-class", "Every row has the same class. Look whether target names the column that was meant."},
    {"data::class-of-one",
     "A class has a single row: it cannot be in the training and in the validation part. Remove it, merge it with "
     "another class, or get more rows."},
    {"data::not-a-number",
     "A column of numbers holds a text. Mend the value, list it in [dataset] missing if it means that nothing is "
     "known, "
     "or declare the column as categorical."},
    {"data::empty-column", "A column has no value in any row, so there is nothing to learn from. Name it in drop."},
    {"data::no-features", "After target and dropped columns nothing is left to learn from."},
    {"data::no-rows", "The part of the split that is asked for has no rows. Give it a share in [dataset] split."},
    {"data::not-a-pixel", "With [dataset] shape every value is a pixel: an integer from 0 to 255."},
    {"data::bad-shape",
     "channels times height times width of [dataset] shape must be the number of columns beside the target."},
    {"data::bad-split", "The shares of a split are above 0 and below 1 in sum, so that rows for training remain."},
    {"data::cannot-split",
     "There are too few rows for the split that is wanted: a part or a class would be empty. Change the shares, or get "
     "more rows."},
    {"data::dropped-column",
     "A column is the same in every row, or names the rows (a text of its own in most of them): a model can learn "
     "nothing "
     "from it, or only the rows by heart. It is left out and recorded so in the model. If that is wrong, say so with "
     "categorical, or mend the column; name it in drop to be asked no more."},
    {"data::unknown-label",
     "[dataset] relabel names a text that no row has as its target. The nearest texts are proposed."},
    {"data::unknown-part",
     "The column of [dataset] split by holds a text other than train, validation and test (also training, valid, "
     "val)."},
    {"data::bad-idx",
     "The file is no IDX file (two zero bytes, a type, the number of dimensions, their sizes, the values), or its "
     "header "
     "promises another number of bytes than follow: a download that was cut, or another file. Get it again."},
    {"data::bad-npy",
     "The file is no NumPy array (numpy.save), was cut, or holds what hone does not read: Python objects are never "
     "unpacked, column-major arrays are saved again by numpy.ascontiguousarray."},
    {"data::bad-archive",
     "The archive is damaged, too large for its size, or has an entry that no archive of pictures needs: a name with "
     ".. "
     "or /, a link, a device. Nothing of it was unpacked to the disk. Pack the folder anew: tar czf photos.tar.gz -C "
     "photos ."},
    {"data::bad-image",
     "A picture is no PNG or JPEG, is damaged, or has another size than the others. Remove or mend it, or say "
     "image_size "
     "= [height, width]."},
    {"data::no-pictures",
     "Pictures stand in folders that name their class: CLASS/one.png, or train/CLASS/one.png and test/CLASS/two.png, "
     "in "
     "a folder or in an archive (.tar, .tar.gz, .tar.xz, .zip)."},
    {"data::bad-array",
     "Values and labels must be arrays of the same number of rows, the parts of a source must agree in shape and type, "
     "and images are unsigned bytes."},
    {"data::no-parts",
     "[dataset] split takes the parts from the source, and the source does not say which rows test. Give source = "
     "{train, test}, or write kind = \"holdout\" with shares."},
    {"data::bad-limit", "[dataset] limit is a number of rows of at least 1; leave it out to read all."},
    {"data::too-large",
     "The data are larger than one study may hold in memory. Use [dataset] limit for a part of them."},
    {"data::unsupported", "The word is right, but this version cannot do it: the message says what it can."},
    // Studies and their stores.
    {"table::bad-line",
     "A table of runs is read that no `hone export` has written: a cell that should be a number is none, or a line has "
     "another number of cells than the header. Export the study again, or mend the line."},
    {"study::cannot-simulate",
     "`hone simulate` replays one metric, so that it needs one objective and no outcome constraints; schedulers with "
     "rungs (asha, hyperband) need [fidelity] with max, in the study or in the file of --spec."},
    {"study::no-curves",
     "`hone simulate` replays what trials reported, and there is too little of it: at least three trials of the space "
     "with the objective's metric, and for schedulers with rungs more than one report a trial."},
    {"study::not-found",
     "No study is where it was looked for, or several are and none was named. A study is named by its spec, its folder "
     "or its store file; without a name it is looked for here and below studies/."},
    {"study::one-objective",
     "A Pareto front is what remains when objectives pull in different directions. This study has one objective, so "
     "that "
     "one trial is the best one.",
     "hone pareto studies/digits", "hone best studies/digits"},
    {"confirm::no-trainer",
     "`hone confirm` runs trials again with the [trainer] of the study. A study that is driven through ask-tell has "
     "none: "
     "its own program has to repeat the best configurations with other seeds."},
    {"study::busy",
     "Another hone works on this study; the message says which. Reading verbs (status, ls, show) work meanwhile. Wait "
     "for it, or interrupt it: everything finished is kept."},
    {"study::breaker",
     "So many trials failed that going on would only burn time. The message holds the last cause; `hone logs latest "
     "--stderr` shows what the trial wrote. Mend the command and run again: the study goes on. [budget] failures sets "
     "how many in a row are too many."},
    {"study::changed-spec",
     "The study began with another search (space, objective, data or trainer), and its results cannot be mixed with "
     "these. Undo the change, begin beside it with --new NAME, or begin again with --fresh."},
    {"study::changed-data",
     "The data file is not the one the study began with, so that scores could not be compared. Put the old file back, "
     "or begin another study with --new NAME."},
    {"study::disk-full", "The disk is full. Nothing that was stored is lost: make room and run again."},
    {"store::damaged",
     "The study's store does not hold what was written into it. The message names the first event that is wrong; bring "
     "the folder back from a copy, or begin again with --fresh, which moves it aside."},
    {"store::foreign", "The file is a database of another program, or no database. hone leaves it alone."},
    {"store::foreign-folder", "The study's folder belongs to another user, who could change it under hone's hands."},
    {"store::network-folder",
     "File locks of network file systems are not reliable, so a study could be written by two processes. Put the study "
     "on a local disk: [study] folder."},
    {"store::newer", "The study was written by a newer hone. Use that version; this one would not understand it all."},
    {"store::not-writable",
     "The study's files cannot be written: rights, a read-only file system or a full disk. The message has the "
     "system's "
     "reason."},
    // Trials, commands, workers.
    {"trial::usage",
     "The command itself says (exit code 64) that it was called in a wrong way, so every trial would fail alike. "
     "Compare "
     "the arguments in [trainer] command with what it wants; `hone logs latest --stderr` shows what it wrote."},
    {"trial::environment",
     "A trial lacks something that no other trial will have either: its program, a library, a device. `hone logs "
     "latest "
     "--stderr` shows what it wrote. Mend it and run again: the study goes on."},
    {"trial::not-found", "Trials are numbered from 0. `hone ls` lists them; `best` and `latest` are names too."},
    {"trial::bad-name", "A trial is a number such as 17, `best` or `latest`."},
    {"process::cannot-start",
     "A program cannot be started; the message says why. A name without a slash is looked for in PATH, one with a "
     "slash "
     "is relative to the folder the command runs in. Scripts need a #! line and `chmod +x`, or the interpreter as the "
     "first word: [\"python3\", \"train.py\"]."},
    {"worker::missing",
     "hone-worker trains and reads data files; it stands beside hone or where HONE_WORKER says. Build it with the "
     "target hone-worker."},
    {"worker::mismatch", "hone and hone-worker come from different builds. Build both from one source."},
    {"worker::cannot-start", "hone-worker is there but cannot be started, usually because a library is missing."},
    {"worker::failed", "hone-worker ended in the middle of a job. Its last words stand in the message."},
    {"worker::interrupted", "The job was interrupted. The same command goes on."},
    {"worker::no-device", "The device that a trial was given does not exist here."},
    {"worker::bad-brief", "hone-worker got an order it cannot read: it is started by hone, never by hand."},
    {"worker::fused", "This hone-worker trains one trial at a time: it is older or newer than hone."},
    {"worker::unknown-job", "This hone-worker does not know the job: it is older or newer than hone."},
    {"file::exists",
     "The file that would be written is there already. hone init never overwrites: give the new spec another name, or "
     "remove the old one yourself."},
    {"file::unreadable", "A file cannot be read. The message has its path and the system's reason."},
    {"file::unwritable", "A file cannot be written. The message has its path and the system's reason."},
    // Models.
    {"model::not-found", "There is no model at this path. A model is a folder with model.toml, weights.h5, card.json."},
    {"model::missing", "A model folder holds model.toml, weights.h5 and card.json; one of them is not there."},
    {"model::damaged",
     "A file of the model is not the one that was written with it: card.json holds the SHA-256 of each. Copy the "
     "folder "
     "again; it is left out of hone's hands so that no wrong answers come from it."},
    {"model::newer-format", "The model was written by a newer hone. Use that version."},
    {"model::unsupported", "The model uses something that this version cannot run. The message names it."},
    {"model::needs-images",
     "The family cnn works on images. Say how a row becomes one: [dataset] shape = [channels, height, width]."},
    {"model::even-kernel", "Kernels are odd (1, 3, 5, …), so that a map keeps its size and its middle."},
    {"model::no-layers", "A model has at least one layer. model.toml was edited or cut."},
    {"model::too-many-layers", "A model has at most 10,000 layers."},
    {"model::bad-toml", "model.toml is no TOML of a model. It is written by hone and not meant to be edited."},
    {"model::unknown-key", "model.toml has a key that no layer of this kind reads."},
    {"model::unknown-op", "model.toml has a layer of a kind that this version does not know."},
    {"model::bad-value", "A value in model.toml has the wrong type or lies outside of what the layer accepts."},
    {"model::bad-name", "Names of layers are letters, digits, _ and -, at most 64, and not `input`."},
    {"model::duplicate-name", "Two layers of model.toml have one name, so that it is not clear which feeds which."},
    {"model::unknown-input", "A layer of model.toml reads from a layer that does not stand before it."},
    {"model::bad-inputs", "A layer of model.toml has too few or too many inputs for its kind."},
    {"model::bad-shape",
     "Sizes do not fit: what a layer gets is not what it works on, or a tensor of weights.h5 has another shape than "
     "model.toml says."},
    {"model::no-tensor", "weights.h5 lacks a tensor that a layer of model.toml needs."},
    {"model::bad-tensor", "A tensor of weights.h5 has values or a type that cannot be."},
    {"model::bad-preprocess", "What model.toml says of preparing rows does not fit its schema or arrays."},
    {"checkpoint::damaged", "A checkpoint was changed or cut; the trial begins anew."},
    {"checkpoint::foreign", "A checkpoint belongs to another model, option, seed or data set; the trial begins anew."},
    // Compression.
    {"compress::no-rows",
     "Limits are judged on validation rows, and the split has none. Give [dataset] split a validation share."},
    {"compress::quantized", "The source is int8 already and cannot be quantised again. Compress the original model."},
    {"compress::unsupported-op",
     "The model has a layer that the deployed kernels cannot run, so that nothing could be measured on them. A "
     "multilayer "
     "perceptron has embeddings only where nominal columns come as codes: [dataset] categories = \"onehot\" avoids "
     "them."},
    {"compress::bad-calibrator",
     "Calibrators choose the range of activations that int8 covers: auto, minmax, mean_minmax, percentile or mse."},
    // ask-tell: each answers one line and changes nothing.
    {"ask::not-json", "A line of the client is no JSON object, or was torn. One request is one line of JSON."},
    {"ask::too-long", "A line of the client has more than a mebibyte. Metrics are numbers by name; send no arrays."},
    {"ask::bad-request",
     "A member of the request is missing or has another type than its operation reads: `trial`, `step`, `n` are "
     "numbers, "
     "`metrics` is an object of numbers by name."},
    {"ask::unknown-op", "The operations of ask-tell are ask, tell, finish, best, status and close."},
    {"ask::unknown-trial", "No trial of this number was asked for. Use the number that ask answered with."},
    {"ask::stale-attempt",
     "The trial has been asked again since: somebody else has it now. Drop this result; the newest attempt counts."},
    {"ask::not-open",
     "The trial has ended, or waits to be asked again. A result is taken once; a doubled finish changes nothing."},
    {"ask::repeated-step", "A step was told before in this attempt. Steps of a trial rise."},
    {"ask::non-finite",
     "A metric is NaN or infinite, which no search can order. Finish the trial as failed with class non_finite: hone "
     "learns to avoid such parameters."},
    {"ask::missing-metric",
     "A completed trial lacks the metric of an objective or of an outcome constraint. Send it in `metrics` of finish, "
     "or "
     "tell it before."},
    {"ask::unknown-class",
     "A failed trial has one of the classes infeasible, non_finite, out_of_memory, timeout, stalled, crash, no_result, "
     "preempted, hardware, lost, environment, usage, disk_full, cancelled."},
    {"ask::unknown-state", "A trial is finished as completed or failed; rested and stopped are what hone makes of it."},
};

}  // namespace

std::span<const CodePage> running_code_pages() { return kPages; }

}  // namespace hone
