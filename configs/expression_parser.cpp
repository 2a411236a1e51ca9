#include <algorithm>
#include <array>

#include "configs/expression_lexer.h"
#include "configs/expression_node.h"
#include "core/diagnostics.h"

namespace hone {
namespace {

/// Bounds the depth of the tree and so of every walk over it.
constexpr int kMostNodes = 1000;
/// Brackets take three levels each.
constexpr int kDeepest = 300;
constexpr std::size_t kAny = 64;

constexpr ExpressionFunction kFunctions[] = {{"min", 1, kAny}, {"max", 1, kAny}, {"abs", 1, 1},   {"log", 1, 1},
                                             {"log2", 1, 1},   {"exp", 1, 1},    {"floor", 1, 1}, {"ceil", 1, 1}};

struct BinaryOp {
  std::string_view symbol;
  ExpressionOp op;
};
constexpr BinaryOp kComparisons[] = {{"==", ExpressionOp::equal},  {"!=", ExpressionOp::unequal},
                                     {"<", ExpressionOp::less},    {"<=", ExpressionOp::less_equal},
                                     {">", ExpressionOp::greater}, {">=", ExpressionOp::greater_equal}};
constexpr BinaryOp kSums[] = {{"+", ExpressionOp::add}, {"-", ExpressionOp::subtract}};
constexpr BinaryOp kProducts[] = {{"*", ExpressionOp::multiply},
                                  {"/", ExpressionOp::divide},
                                  {"//", ExpressionOp::floor_divide},
                                  {"%", ExpressionOp::modulo}};

}  // namespace

/// Recursive descent, loosest first: or, and, not, comparison and in, sum, product, sign, power, atom.
class ExpressionParser {
 public:
  using Node = Expression::Node;
  using NodePtr = std::shared_ptr<const Node>;

  explicit ExpressionParser(std::string_view text) : tokens_(cut_expression(text)) {}

  Expression parse() {
    if (token().kind == TokenKind::end) fail("expression::syntax", "an expression must not be empty", token());
    result_.root_ = parse_or();
    if (token().kind != TokenKind::end) fail_unexpected("an operator or the end");
    return std::move(result_);
  }

 private:
  /// Counts how deep the recursion is, for the length of a scope.
  struct Depth {
    explicit Depth(ExpressionParser& parser) : depth(parser.depth_) {
      if (++depth > kDeepest)
        parser.fail("expression::too-long", "the expression is nested too deeply", parser.token());
    }
    ~Depth() { --depth; }
    int& depth;
  };

  const Token& token() const { return tokens_[at_]; }
  bool is_word(std::string_view word) const {
    const bool word_like = token().kind == TokenKind::symbol || token().kind == TokenKind::name;
    return word_like && token().word == word;
  }
  bool take(std::string_view word) {
    if (!is_word(word)) return false;
    ++at_;
    return true;
  }
  void expect(std::string_view word) {
    if (!take(word)) fail_unexpected("`" + std::string(word) + "`");
  }

  [[noreturn]] void fail(const std::string& code, const std::string& message, const Token& where) const {
    throw_expression_error(code, message, where.column, std::max(where.end_column, where.column + 1));
  }
  [[noreturn]] void fail_unexpected(const std::string& wanted) const {
    const bool word = token().kind == TokenKind::symbol || token().kind == TokenKind::name;
    const std::string what = token().kind == TokenKind::end ? "the expression ends"
                             : word                         ? "`" + token().word + "` stands"
                                                            : "a value stands";
    fail("expression::syntax", what + " where " + wanted + " is expected", token());
  }

  NodePtr make(ExpressionOp op, std::vector<NodePtr> operands, int column, int end_column) {
    if (++nodes_ > kMostNodes) fail("expression::too-long", "the expression is too long", token());
    auto node = std::make_shared<Node>();
    node->op = op;
    node->operands = std::move(operands);
    node->column = column;
    node->end_column = end_column;
    return node;
  }
  NodePtr join(ExpressionOp op, const NodePtr& left, const NodePtr& right) {
    return make(op, {left, right}, left->column, right->end_column);
  }

  NodePtr parse_or() {
    const Depth depth(*this);
    NodePtr left = parse_and();
    while (take("or")) left = join(ExpressionOp::or_, left, parse_and());
    return left;
  }

  NodePtr parse_and() {
    NodePtr left = parse_not();
    while (take("and")) left = join(ExpressionOp::and_, left, parse_not());
    return left;
  }

  NodePtr parse_not() {
    const Depth depth(*this);
    const int column = token().column;
    if (!take("not")) return parse_comparison();
    const NodePtr operand = parse_not();
    return make(ExpressionOp::not_, {operand}, column, operand->end_column);
  }

  /// `a < b <= c` means `a < b and b <= c`.
  NodePtr parse_comparison() {
    NodePtr left = parse_sum();
    NodePtr all;
    for (;;) {
      NodePtr one;
      if (const auto op = take_one_of(kComparisons)) {
        const NodePtr right = parse_sum();
        one = join(*op, left, right);
        note_constant(*op, left, right);
        note_constant(*op, right, left);
        left = right;
      } else if (is_word("in") || is_word("not")) {
        return parse_in(left, all);
      } else {
        return all ? all : left;
      }
      all = all ? join(ExpressionOp::and_, all, one) : one;
    }
  }

  NodePtr parse_in(const NodePtr& left, const NodePtr& before) {
    const bool negated = take("not");
    expect("in");
    expect("[");
    std::vector<NodePtr> operands = {left};
    do {
      operands.push_back(parse_sum());
      note_constant(ExpressionOp::equal, left, operands.back());
    } while (take(","));
    const int end = token().end_column;
    expect("]");
    NodePtr node = make(ExpressionOp::in, std::move(operands), left->column, end);
    if (negated) node = make(ExpressionOp::not_, {node}, left->column, end);
    return before ? join(ExpressionOp::and_, before, node) : node;
  }

  NodePtr parse_sum() {
    NodePtr left = parse_product();
    while (const auto op = take_one_of(kSums)) left = join(*op, left, parse_product());
    return left;
  }

  NodePtr parse_product() {
    NodePtr left = parse_sign();
    while (const auto op = take_one_of(kProducts)) left = join(*op, left, parse_sign());
    return left;
  }

  NodePtr parse_sign() {
    const Depth depth(*this);
    const int column = token().column;
    if (take("+")) return parse_sign();
    if (!take("-")) return parse_power();
    const NodePtr operand = parse_sign();
    if (operand->op == ExpressionOp::constant && !std::holds_alternative<std::string>(operand->value)) {
      return negated_constant(*operand, column);
    }
    return make(ExpressionOp::negate, {operand}, column, operand->end_column);
  }

  /// -3 is one constant, so that `x > -3` is a comparison with a constant.
  NodePtr negated_constant(const Node& constant, int column) {
    auto node = std::make_shared<Node>(constant);
    node->column = column;
    if (auto* integer = std::get_if<std::int64_t>(&node->value)) *integer = -*integer;
    if (auto* number = std::get_if<double>(&node->value)) *number = -*number;
    return node;
  }

  NodePtr parse_power() {
    const NodePtr base = parse_atom();
    if (!take("**")) return base;
    return join(ExpressionOp::power, base, parse_sign());
  }

  NodePtr parse_atom() {
    const Token here = token();
    if (here.kind == TokenKind::number || here.kind == TokenKind::text) {
      ++at_;
      return constant(here, here.value);
    }
    if (take("(")) {
      const NodePtr inner = parse_or();
      expect(")");
      return inner;
    }
    if (here.kind != TokenKind::name || is_keyword(here.word)) fail_unexpected("a value");
    ++at_;
    if (here.word == "true" || here.word == "false") return constant(here, here.word == "true");
    if (is_word("(")) return parse_call(here);
    return name(here);
  }

  static bool is_keyword(const std::string& word) {
    return word == "and" || word == "or" || word == "not" || word == "in";
  }

  NodePtr constant(const Token& where, ParamValue value) {
    auto node = std::make_shared<Node>(*make(ExpressionOp::constant, {}, where.column, where.end_column));
    node->value = std::move(value);
    return node;
  }

  NodePtr name(const Token& where) {
    auto node = std::make_shared<Node>(*make(ExpressionOp::name, {}, where.column, where.end_column));
    node->name = where.word;
    std::vector<std::string>& names = result_.names_;
    if (std::find(names.begin(), names.end(), where.word) == names.end()) {
      names.push_back(where.word);
      result_.columns_.push_back(where.column);
    }
    return node;
  }

  NodePtr parse_call(const Token& function) {
    const auto* known = std::find_if(std::begin(kFunctions), std::end(kFunctions),
                                     [&](const ExpressionFunction& one) { return one.name == function.word; });
    if (known == std::end(kFunctions)) fail_unknown_function(function);
    expect("(");
    std::vector<NodePtr> operands;
    if (!is_word(")")) {
      do operands.push_back(parse_or());
      while (take(","));
    }
    const int end = token().end_column;
    expect(")");
    if (operands.size() < known->least || operands.size() > known->most) {
      throw_expression_error(
          "expression::syntax",
          function.word + (known->most == 1 ? " takes one argument" : " takes at least one argument"), function.column,
          end);
    }
    auto node = std::make_shared<Node>(*make(ExpressionOp::call, std::move(operands), function.column, end));
    node->name = function.word;
    return node;
  }

  [[noreturn]] void fail_unknown_function(const Token& function) const {
    std::vector<std::string> names;
    for (const ExpressionFunction& one : kFunctions) names.emplace_back(one.name);
    const std::string hint = suggestion_for(function.word, names);
    fail("expression::unknown-function",
         "there is no function `" + function.word + "`" + (hint.empty() ? "" : "; " + hint), function);
  }

  template <std::size_t N>
  std::optional<ExpressionOp> take_one_of(const BinaryOp (&ops)[N]) {
    if (token().kind != TokenKind::symbol) return std::nullopt;
    for (const BinaryOp& binary : ops) {
      if (take(binary.symbol)) return binary.op;
    }
    return std::nullopt;
  }

  void note_constant(ExpressionOp op, const NodePtr& name, const NodePtr& value) {
    if (name->op != ExpressionOp::name || value->op != ExpressionOp::constant) return;
    const bool equality = op == ExpressionOp::equal || op == ExpressionOp::unequal;
    result_.constants_.push_back({name->name, value->value, equality, value->column, value->end_column});
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int nodes_ = 0;
  Expression result_;
};

Expression Expression::parse(std::string_view text) { return ExpressionParser(text).parse(); }

}  // namespace hone
