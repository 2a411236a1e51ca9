#include "configs/input_layout.h"

#include <algorithm>
#include <string>

namespace hone {
namespace {

InputKind nominal_kind(const InputEncoding& encoding, const ColumnFacts& column) {
  if (encoding.categories == "ordinal") return InputKind::ordinal;
  if (encoding.categories == "embedding") return InputKind::code;
  const bool many = static_cast<std::int64_t>(column.levels.size()) >= kFirstMixedCode;
  return encoding.categories == "mixed" && many ? InputKind::code : InputKind::onehot;
}

}  // namespace

std::int64_t slots_of(const ColumnFacts& column) {
  return std::min(static_cast<std::int64_t>(column.levels.size()), kMostLevelSlots) + 2;
}

std::vector<InputBlock> input_blocks(const DataFacts& facts) {
  std::vector<InputBlock> blocks;
  if (!facts.shape.empty()) return blocks;
  std::int64_t next = 0;
  const auto add = [&](InputKind kind, std::size_t column, std::int64_t width, std::int64_t slots) {
    blocks.push_back({kind, column, next, width, slots});
    next += width;
  };
  const auto for_each_kept = [&](std::string_view type, auto visit) {
    for (std::size_t i = 0; i < facts.columns.size(); ++i) {
      if (facts.columns[i].type == type && !facts.columns[i].dropped) visit(i);
    }
  };
  for_each_kept("numeric", [&](std::size_t i) { add(InputKind::numeric, i, 1, 0); });
  for_each_kept("numeric", [&](std::size_t i) {
    if (facts.columns[i].missing > 0) add(InputKind::indicator, i, 1, 0);
  });
  for_each_kept("nominal", [&](std::size_t i) {
    const InputKind kind = nominal_kind(facts.encoding, facts.columns[i]);
    const std::int64_t slots = kind == InputKind::ordinal ? 0 : slots_of(facts.columns[i]);
    add(kind, i, kind == InputKind::onehot ? slots : 1, slots);
  });
  return blocks;
}

std::vector<InputBlock> code_blocks(const DataFacts& facts) {
  std::vector<InputBlock> codes = input_blocks(facts);
  std::erase_if(codes, [](const InputBlock& block) { return block.kind != InputKind::code; });
  return codes;
}

std::int64_t input_width(const DataFacts& facts) {
  if (facts.shape.empty()) {
    const std::vector<InputBlock> blocks = input_blocks(facts);
    return blocks.empty() ? 0 : blocks.back().first + blocks.back().width;
  }
  std::int64_t pixels = 1;
  for (std::int64_t size : facts.shape) pixels *= size;
  return pixels;
}

InputEncoding resolve_encoding(std::string_view numeric, std::string_view categories, bool embeds) {
  InputEncoding encoding;
  encoding.numeric = numeric == "auto" ? "standard" : numeric;
  encoding.categories = categories == "auto" ? (embeds ? "mixed" : "onehot") : categories;
  return encoding;
}

}  // namespace hone
