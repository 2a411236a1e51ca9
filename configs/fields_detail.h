#pragma once

#include "configs/fields.h"
#include "core/error.h"

namespace hone::fields_detail {

template <class T>
constexpr OptionType option_type() {
  if constexpr (std::is_same_v<T, bool>) {
    return OptionType::boolean;
  } else if constexpr (std::is_same_v<T, std::int64_t> || std::is_same_v<T, std::optional<std::int64_t>>) {
    return OptionType::integer;
  } else if constexpr (std::is_same_v<T, double> || std::is_same_v<T, std::optional<double>>) {
    return OptionType::number;
  } else if constexpr (std::is_same_v<T, std::string>) {
    return OptionType::text;
  } else if constexpr (std::is_same_v<T, std::vector<std::int64_t>>) {
    return OptionType::sizes;
  } else {
    return OptionType::texts;
  }
}

std::string default_text(FieldForm form, bool value);
std::string default_text(FieldForm form, std::int64_t value);
std::string default_text(FieldForm form, double value);
std::string default_text(FieldForm form, const std::string& value);
std::string default_text(FieldForm form, const std::optional<std::int64_t>& value);
std::string default_text(FieldForm form, const std::optional<double>& value);
std::string default_text(FieldForm form, const std::vector<std::int64_t>& value);
std::string default_text(FieldForm form, const std::vector<std::string>& value);

/// Throws Error("spec::unknown-option").
[[noreturn]] void throw_unknown_option(const std::string& name);
/// Throws Error("spec::bad-option") when `complaint_about` has something to say.
void require_fits(const OptionInfo& option, const ParamValue& value);

// Not inlined: gcc 12 would warn that members a small struct does not have lie outside it.
template <class T>
[[gnu::noinline]] void assign(T& target, const ParamValue& value) {
  if constexpr (std::is_same_v<T, double> || std::is_same_v<T, std::optional<double>>) {
    target = as_number(value);
  } else if constexpr (std::is_same_v<T, std::optional<std::int64_t>>) {
    target = std::get<std::int64_t>(value);
  } else if constexpr (!std::is_same_v<T, std::vector<std::int64_t>> && !std::is_same_v<T, std::vector<std::string>>) {
    target = std::get<T>(value);
  }
}

template <class Spec>
OptionInfo describe(const Field<Spec>& field) {
  const Spec defaults{};
  OptionInfo info;
  info.name = field.name;
  info.form = field.form;
  info.limits = field.limits;
  info.meaning = field.meaning;
  std::visit(
      [&](auto member) {
        using T = std::decay_t<decltype(defaults.*member)>;
        info.type = option_type<T>();
        info.default_text = default_text(field.form, defaults.*member);
        const bool nothing = info.default_text == "none";
        if (field.limits.required) {
          info.default_text = "required";
        } else if (nothing && !field.limits.words.empty()) {
          info.default_text = field.limits.words.front();
        }
      },
      field.member);
  return info;
}

}  // namespace hone::fields_detail

namespace hone {

template <class Spec>
std::vector<OptionInfo> option_infos(std::span<const Field<Spec>> fields) {
  std::vector<OptionInfo> infos;
  for (const Field<Spec>& field : fields) infos.push_back(fields_detail::describe(field));
  return infos;
}

template <class Spec>
Spec from_options(std::span<const Field<Spec>> fields, const OptionValues& values) {
  Spec spec{};
  for (const auto& [name, value] : values) {
    const Field<Spec>* found = nullptr;
    for (const Field<Spec>& field : fields) {
      if (field.name == name) found = &field;
    }
    if (found == nullptr) fields_detail::throw_unknown_option(name);
    fields_detail::require_fits(fields_detail::describe(*found), value);
    std::visit([&, &value = value](auto member) { fields_detail::assign(spec.*member, value); }, found->member);
  }
  return spec;
}

}  // namespace hone
