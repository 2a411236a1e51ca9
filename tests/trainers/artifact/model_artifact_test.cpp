#include "trainers/artifact/model_artifact.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/files.h"
#include "core/hash.h"
#include "datasets/hdf5_file.h"

namespace hone {
namespace {

LayerSpec layer(const std::string& name, const std::string& op, const std::string& in, std::int64_t out = 0,
                std::int64_t kernel = 0) {
  LayerSpec spec;
  spec.name = name;
  spec.op = op;
  spec.in = {in};
  spec.out = out;
  spec.kernel = kernel;
  return spec;
}

Array floats(std::vector<std::int64_t> shape, float start = 0.1f) {
  Array array = make_array<float>(shape, {});
  array.bytes.resize(static_cast<std::size_t>(array.count()) * sizeof(float));
  for (float& value : array.as<float>()) value = start += 0.01f;
  return array;
}

template <class T>
Array one(T value) {
  return make_array<T>({1}, std::span<const T>(&value, 1));
}

/// A small convolutional network on 1×4×4 images of two classes.
ModelArtifact image_model() {
  ModelArtifact artifact;
  artifact.model.input = {1, 4, 4};
  artifact.model.layers = {layer("conv", "conv2d", "input", 3, 3), layer("norm", "batchnorm", "conv"),
                           layer("act", "relu", "norm"), layer("flat", "flatten", "act"),
                           layer("head", "linear", "flat", 2)};
  artifact.preprocess.facts.task = "classification";
  artifact.preprocess.facts.target = "class \"of\"\n\x7f";
  artifact.preprocess.facts.rows = 10;
  artifact.preprocess.facts.shape = {1, 4, 4};
  artifact.preprocess.facts.classes = {"a", "ü"};
  artifact.preprocess.facts.class_counts = {4, 6};
  artifact.preprocess.facts.hash = "abc";
  artifact.preprocess.mean = {4.8841f};
  artifact.preprocess.spread = {6.0149817f};
  for (const TensorShape& tensor : tensor_shapes(artifact.model)) artifact.tensors[tensor.name] = floats(tensor.shape);
  artifact.card = R"({"task":"classification","metrics":{"val_accuracy":{"value":0.97,"n":360}}})";
  return artifact;
}

/// The same with int8 weights, without BatchNorm.
ModelArtifact int8_model() {
  ModelArtifact artifact = image_model();
  artifact.model.layers = {layer("conv", "conv2d", "input", 3, 3), layer("act", "relu", "conv"),
                           layer("flat", "flatten", "act"), layer("head", "linear", "flat", 2)};
  artifact.tensors.clear();
  for (const char* name : {"conv", "head"}) {
    artifact.model.layers[static_cast<std::size_t>(find_layer(artifact.model, name))].format = "int8";
  }
  for (const TensorShape& tensor : tensor_shapes(artifact.model)) {
    artifact.tensors[tensor.name] = floats(tensor.shape);
    if (tensor.name.ends_with("/bias")) continue;
    std::vector<std::int8_t> values(artifact.tensors[tensor.name].as<float>().size(), 5);
    artifact.tensors[tensor.name] = make_array<std::int8_t>(tensor.shape, values);
    artifact.tensors[tensor.name.substr(0, tensor.name.find('/')) + "/scale"] = floats({tensor.shape.front()});
  }
  for (const char* edge : {"input", "act"}) {
    artifact.tensors[std::string("edge/") + edge + "/scale"] = one(0.0173f);
    artifact.tensors[std::string("edge/") + edge + "/zero_point"] = one<std::int32_t>(255);
  }
  return artifact;
}

/// A linear model of a table with a gap of every kind.
ModelArtifact table_model() {
  ModelArtifact artifact;
  DataFacts& facts = artifact.preprocess.facts;
  facts.task = "regression";
  facts.target = "price";
  facts.layout.header = true;
  facts.layout.separator = "tab";
  facts.layout.target_column = 1;
  ColumnFacts x;
  x.name = "x";
  x.missing = 2;
  ColumnFacts id;
  id.name = "id";
  id.dropped = true;
  id.why = "constant: every value is 1";
  ColumnFacts color;
  color.name = "color";
  color.type = "nominal";
  color.levels = {"blue", "red"};
  facts.columns = {x, id, color};
  artifact.preprocess.mean = {-1.0f / 3};
  artifact.preprocess.spread = {1e-7f};
  artifact.preprocess.fill = {0.5f};
  artifact.preprocess.nominal = {{{0, 2}, true, false}};
  artifact.preprocess.target_mean = 206855.81690891474;
  artifact.preprocess.target_spread = 1.0 / 3;
  artifact.preprocess.target_low = 14999;
  artifact.preprocess.target_high = 500001.5;
  artifact.model.input = {6};
  artifact.model.layers = {layer("head", "linear", "input", 1)};
  for (const TensorShape& tensor : tensor_shapes(artifact.model)) artifact.tensors[tensor.name] = floats(tensor.shape);
  return artifact;
}

void expect_equal(const ModelArtifact& left, const ModelArtifact& right) {
  EXPECT_EQ(left.model, right.model);
  EXPECT_EQ(to_json_object(left.preprocess.facts), to_json_object(right.preprocess.facts));
  EXPECT_EQ(left.preprocess.mean, right.preprocess.mean);
  EXPECT_EQ(left.preprocess.spread, right.preprocess.spread);
  EXPECT_EQ(left.preprocess.fill, right.preprocess.fill);
  EXPECT_EQ(left.preprocess.quantiles, right.preprocess.quantiles);
  ASSERT_EQ(left.preprocess.nominal.size(), right.preprocess.nominal.size());
  for (std::size_t i = 0; i < left.preprocess.nominal.size(); ++i) {
    EXPECT_EQ(left.preprocess.nominal[i].slots, right.preprocess.nominal[i].slots);
    EXPECT_EQ(left.preprocess.nominal[i].rare_seen, right.preprocess.nominal[i].rare_seen);
    EXPECT_EQ(left.preprocess.nominal[i].missing_seen, right.preprocess.nominal[i].missing_seen);
  }
  EXPECT_EQ(left.preprocess.target_mean, right.preprocess.target_mean);
  EXPECT_EQ(left.preprocess.target_spread, right.preprocess.target_spread);
  EXPECT_EQ(left.preprocess.target_low, right.preprocess.target_low);
  EXPECT_EQ(left.preprocess.target_high, right.preprocess.target_high);
  ASSERT_EQ(left.tensors.size(), right.tensors.size());
  for (const auto& [name, array] : left.tensors) {
    ASSERT_TRUE(right.tensors.contains(name)) << name;
    EXPECT_EQ(array.type, right.tensors.at(name).type) << name;
    EXPECT_EQ(array.shape, right.tensors.at(name).shape) << name;
    EXPECT_EQ(array.bytes, right.tensors.at(name).bytes) << name;
  }
}

/// The message of the Error that `action` throws.
std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing";
}

/// Message of loading a model after `change` of the folder; the hashes of card.json are made to fit again.
std::string message_after(const ModelArtifact& artifact,
                          const std::function<void(const std::filesystem::path&)>& change) {
  const TemporaryFolder folder;
  const std::filesystem::path model = folder.path() / "model";
  write_artifact(model, artifact);
  change(model);
  nlohmann::json card = nlohmann::json::parse(read_file(model / "card.json"));
  for (const char* name : {"model.toml", "weights.h5"}) card["files"][name] = sha256_of_file(model / name);
  write_file(model / "card.json", card.dump());
  return message_of([&] { load_artifact(model); });
}

std::string message_with_tensors(const ModelArtifact& artifact, const std::function<void(NamedArrays&)>& change) {
  return message_after(artifact, [&](const std::filesystem::path& model) {
    Hdf5Content content = read_hdf5(model / "weights.h5");
    change(content.arrays);
    write_hdf5(model / "weights.h5", content);
  });
}

TEST(ModelArtifact, ReadsBackEqual) {
  const TemporaryFolder folder;
  for (const ModelArtifact& artifact : {image_model(), int8_model(), table_model()}) {
    write_artifact(folder.path() / "model", artifact);
    expect_equal(artifact, load_artifact(folder.path() / "model"));
  }
}

TEST(ModelArtifact, KeepsTheCardAndAddsHashes) {
  const TemporaryFolder folder;
  const std::filesystem::path model = folder.path() / "model";
  write_artifact(model, image_model());
  const nlohmann::json card = nlohmann::json::parse(load_artifact(model).card);
  EXPECT_EQ(card["metrics"]["val_accuracy"]["n"], 360);
  EXPECT_EQ(card["files"]["weights.h5"], sha256_of_file(model / "weights.h5"));
  EXPECT_EQ(card["files"]["model.toml"], sha256_of_file(model / "model.toml"));
}

TEST(ModelArtifact, IsAFolderOfThreeFiles) {
  const TemporaryFolder folder;
  write_artifact(folder.path() / "model", image_model());
  write_artifact(folder.path() / "model", image_model());
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{"card.json", "model", "model.toml", "weights.h5"}));
}

TEST(ModelArtifact, TextIsMadeForPeople) {
  const TemporaryFolder folder;
  write_artifact(folder.path() / "model", table_model());
  const std::string expected =
      "# A model of hone: weights.h5 holds its tensors, card.json where it comes from and how good it is.\n"
      "format = 1\n"
      "dtype = \"f32\"\n"
      "input = [6]\n"
      "\n"
      "[[layer]]\n"
      "name = \"head\"\n"
      "op = \"linear\"\n"
      "in = [\"input\"]\n"
      "out = 1\n"
      "\n"
      "[data]\n"
      "class_counts = []\n"
      "classes = []\n"
      "hash = \"\"\n"
      "rows = 0\n"
      "shape = []\n"
      "target = \"price\"\n"
      "task = \"regression\"\n"
      "test_rows = 0\n"
      "train_rows = 0\n"
      "validation_rows = 0\n"
      "\n"
      "[data.layout]\n"
      "header = true\n"
      "missing = [\"\", \"?\", \"NA\", \"NaN\", \"null\"]\n"
      "separator = \"tab\"\n"
      "target_column = 1\n"
      "\n"
      "[data.encoding]\n"
      "categories = \"onehot\"\n"
      "numeric = \"standard\"\n"
      "\n"
      "[preprocess]\n"
      "target_mean = 206855.81690891474\n"
      "target_spread = 0.3333333333333333\n"
      "target_low = 14999\n"
      "target_high = 500001.5\n"
      "\n"
      "[[column]]\n"
      "dropped = false\n"
      "missing = 2\n"
      "name = \"x\"\n"
      "type = \"numeric\"\n"
      "mean = -0.33333334\n"
      "spread = 1e-07\n"
      "fill = 0.5\n"
      "\n"
      "[[column]]\n"
      "dropped = true\n"
      "missing = 0\n"
      "name = \"id\"\n"
      "type = \"numeric\"\n"
      "why = \"constant: every value is 1\"\n"
      "\n"
      "[[column]]\n"
      "dropped = false\n"
      "levels = [\"blue\", \"red\"]\n"
      "missing = 0\n"
      "name = \"color\"\n"
      "type = \"nominal\"\n"
      "slots = [0, 2]\n"
      "rare_seen = true\n"
      "missing_seen = false\n";
  EXPECT_EQ(read_file(folder.path() / "model" / "model.toml"), expected);
}

TEST(ModelArtifact, RefusesEditedFiles) {
  for (const char* name : {"model.toml", "weights.h5"}) {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "model" / name;
    write_artifact(folder.path() / "model", image_model());
    std::string bytes = read_file(file);
    bytes[bytes.size() / 2] ^= 1;
    write_file(file, bytes);
    EXPECT_EQ(message_of([&] { load_artifact(folder.path() / "model"); }),
              "model::damaged: `" + file.string() +
                  "` was changed after the model was written: its SHA-256 is not the one in card.json");
    write_file(file, bytes.substr(0, bytes.size() / 2));
    EXPECT_EQ(message_of([&] { load_artifact(folder.path() / "model"); }),
              "model::damaged: `" + file.string() +
                  "` was changed after the model was written: its SHA-256 is not the one in card.json");
  }
}

TEST(ModelArtifact, RefusesACardWithoutHashes) {
  const TemporaryFolder folder;
  const std::filesystem::path model = folder.path() / "model";
  write_artifact(model, image_model());
  write_file(model / "card.json", "{}");
  EXPECT_EQ(message_of([&] { load_artifact(model); }),
            "model::damaged: `" + (model / "model.toml").string() + "` has no SHA-256 in card.json");
  write_file(model / "card.json", "{\"files\":");
  EXPECT_EQ(message_of([&] { load_artifact(model); }),
            "model::damaged: `" + (model / "card.json").string() + "` is no JSON object");
}

TEST(ModelArtifact, RefusesAFolderThatIsNoModel) {
  const TemporaryFolder folder;
  EXPECT_EQ(message_of([&] { load_artifact(folder.path()); }),
            "model::missing: `" + folder.path().string() + "` is no model folder: it has no card.json");
  EXPECT_EQ(message_of([&] { weights_bytes(folder.path()); }),
            "model::missing: `" + folder.path().string() + "` is no model folder: it has no card.json");
}

TEST(ModelArtifact, RefusesAnotherFormat) {
  std::string where;
  const std::string message = message_after(image_model(), [&](const std::filesystem::path& model) {
    where = (model / "model.toml").string();
    std::string text = read_file(where);
    write_file(where, text.replace(text.find("format = 1"), 10, "format = 2"));
  });
  EXPECT_EQ(message, "model::newer-format: `" + where + "` has format 2, this hone reads format 1");
}

TEST(ModelArtifact, RefusesPreprocessingThatDividesByZero) {
  std::string where;
  const std::string message = message_after(image_model(), [&](const std::filesystem::path& model) {
    where = (model / "model.toml").string();
    std::string text = read_file(where);
    const std::string spread = "spread = [6.0149817]";
    write_file(where, text.replace(text.find(spread), spread.size(), "spread = [0.0]"));
  });
  EXPECT_EQ(message, "model::bad-preprocess: `" + where + "` holds a spread that is not above 0");
}

TEST(ModelArtifact, RefusesTensorsThatDoNotFitTheModel) {
  EXPECT_EQ(message_with_tensors(image_model(), [](NamedArrays& tensors) { tensors.erase("head/bias"); }),
            "model::bad-tensor: tensor `head/bias` is missing");
  EXPECT_EQ(message_with_tensors(image_model(), [](NamedArrays& tensors) { tensors["head/bias"] = floats({3}); }),
            "model::bad-tensor: tensor `head/bias` has shape [3], the model wants [2]");
  EXPECT_EQ(message_with_tensors(image_model(), [](NamedArrays& tensors) { tensors["tail/bias"] = floats({3}); }),
            "model::bad-tensor: tensor `tail/bias` belongs to no layer of the model");
  EXPECT_EQ(message_with_tensors(image_model(),
                                 [](NamedArrays& tensors) {
                                   const std::vector<std::int8_t> values = {1, 2};
                                   tensors["head/bias"] = make_array<std::int8_t>({2}, values);
                                 }),
            "model::bad-tensor: tensor `head/bias` has the wrong type of number");
  EXPECT_EQ(
      message_with_tensors(image_model(), [](NamedArrays& tensors) { tensors["head/bias"].as<float>()[1] = NAN; }),
      "model::bad-tensor: tensor `head/bias` holds a value that is no number");
}

TEST(ModelArtifact, RefusesScalesThatAreNone) {
  EXPECT_EQ(message_with_tensors(int8_model(), [](NamedArrays& tensors) { tensors["conv/scale"].as<float>()[2] = 0; }),
            "model::bad-tensor: scale `conv/scale` must be above 0");
  EXPECT_EQ(message_with_tensors(int8_model(), [](NamedArrays& tensors) { tensors["edge/act"].as<float>()[0] = -1; }),
            "model::bad-tensor: scale `edge/act/scale` must be above 0");
  EXPECT_TRUE(message_with_tensors(int8_model(), [](NamedArrays& tensors) {
                tensors["edge/act"].as<float>()[1] = 300;
              }).starts_with("model::bad-tensor: `edge/act` in "));
  EXPECT_EQ(
      message_with_tensors(int8_model(), [](NamedArrays& tensors) { tensors["edge/nowhere"] = tensors["edge/act"]; }),
      "model::bad-tensor: edge `nowhere` is no layer of the model");
}

TEST(ModelArtifact, DoesNotWriteWhatItWouldNotRead) {
  const TemporaryFolder folder;
  ModelArtifact artifact = image_model();
  artifact.model.input = {1, 5, 5};
  EXPECT_EQ(message_of([&] { write_artifact(folder.path() / "model", artifact); }),
            "model::bad-shape: the model's input has 25 values a row, its data have 16");
  artifact = image_model();
  artifact.preprocess.facts.classes.push_back("c");
  EXPECT_EQ(message_of([&] { write_artifact(folder.path() / "model", artifact); }),
            "model::bad-shape: the model's output has 2 values a row, its data have 3");
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(ModelArtifact, Int8WeightsOfHalfWidthTakeLessThanAQuarter) {
  // The size of quickstart's models: 1×8×8 images, two convolutions, two linear layers, 23,000 weights.
  const auto network = [](std::int64_t a, std::int64_t b, std::int64_t c) {
    ModelArtifact artifact = image_model();
    artifact.model.input = {1, 8, 8};
    artifact.preprocess.facts.shape = {1, 8, 8};
    artifact.model.layers = {layer("conv1", "conv2d", "input", a, 3),
                             layer("act1", "relu", "conv1"),
                             layer("conv2", "conv2d", "act1", b, 3),
                             layer("act2", "relu", "conv2"),
                             layer("flat", "flatten", "act2"),
                             layer("fc1", "linear", "flat", c),
                             layer("act3", "relu", "fc1"),
                             layer("fc2", "linear", "act3", 2)};
    artifact.tensors.clear();
    for (const TensorShape& tensor : tensor_shapes(artifact.model))
      artifact.tensors[tensor.name] = floats(tensor.shape);
    return artifact;
  };
  const TemporaryFolder folder;
  write_artifact(folder.path() / "full", network(16, 32, 34));
  ModelArtifact half = network(8, 16, 17);
  for (LayerSpec& spec : half.model.layers) {
    if (spec.out == 0) continue;
    spec.format = "int8";
    Array& weight = half.tensors[spec.name + "/weight"];
    const std::vector<std::int8_t> values(weight.as<float>().size(), 3);
    weight = make_array<std::int8_t>(weight.shape, values);
    half.tensors[spec.name + "/scale"] = floats({spec.out});
  }
  for (const char* edge : {"input", "act1", "act2", "act3"}) {
    half.tensors[std::string("edge/") + edge + "/scale"] = one(0.5f);
    half.tensors[std::string("edge/") + edge + "/zero_point"] = one<std::int32_t>(0);
  }
  write_artifact(folder.path() / "half", half);
  EXPECT_LT(static_cast<double>(weights_bytes(folder.path() / "half")),
            0.15 * static_cast<double>(weights_bytes(folder.path() / "full")));
}

}  // namespace
}  // namespace hone
