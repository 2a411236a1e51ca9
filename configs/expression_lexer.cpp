#include "configs/expression_lexer.h"

#include "configs/expression_node.h"
#include "core/text.h"
#include "core/unicode.h"

namespace hone {
namespace {

/// Longer symbols first, so that `**` is not read as two `*`.
constexpr std::string_view kSymbols[] = {"**", "//", "==", "!=", "<=", ">=", "+", "-", "*",
                                         "/",  "%",  "<",  ">",  "(",  ")",  "[", "]", ","};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> cut() {
    std::vector<Token> tokens;
    for (;;) {
      while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
      tokens.push_back(next());
      if (tokens.back().kind == TokenKind::end) return tokens;
    }
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  /// Column of a byte; asked in rising order, so that each byte is counted once.
  int column_at(std::size_t byte) {
    column_ += static_cast<int>(to_code_points(text_.substr(counted_, byte - counted_)).size());
    counted_ = byte;
    return column_;
  }

  Token next() {
    const std::size_t start = at_;
    Token token;
    if (at_ == text_.size()) {
      token.kind = TokenKind::end;
    } else if (is_digit(peek()) || (peek() == '.' && is_digit(peek(1)))) {
      read_number(token);
    } else if (begins_name(peek())) {
      read_name(token);
    } else if (peek() == '\'' || peek() == '"') {
      read_text(token);
    } else {
      read_symbol(token);
    }
    token.column = column_at(start);
    token.end_column = column_at(at_);
    return token;
  }

  void read_number(Token& token) {
    const std::size_t start = at_;
    bool whole = true;
    const auto digits = [&] {
      while (is_digit(peek())) ++at_;
    };
    digits();
    if (peek() == '.') {
      whole = false;
      ++at_;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      whole = false;
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      digits();
    }
    const std::string_view number = text_.substr(start, at_ - start);
    token.kind = TokenKind::number;
    if (const auto integer = whole ? parse_integer(number) : std::nullopt) {
      token.value = *integer;
    } else if (const auto real = parse_number(number)) {
      token.value = *real;
    } else {
      fail("`" + std::string(number) + "` is no number", start, at_);
    }
  }

  /// Names may be qualified: `model.width`.
  void read_name(Token& token) {
    const std::size_t start = at_;
    while (begins_name(peek()) || is_digit(peek()) || (peek() == '.' && begins_name(peek(1)))) ++at_;
    token.kind = TokenKind::name;
    token.word = text_.substr(start, at_ - start);
  }

  void read_text(Token& token) {
    const std::size_t start = at_;
    const std::size_t end = text_.find(text_[at_], at_ + 1);
    if (end == std::string_view::npos) fail("this text has no closing quote", start, text_.size());
    token.kind = TokenKind::text;
    token.value = std::string(text_.substr(start + 1, end - start - 1));
    at_ = end + 1;
  }

  void read_symbol(Token& token) {
    token.kind = TokenKind::symbol;
    for (std::string_view symbol : kSymbols) {
      if (!text_.substr(at_).starts_with(symbol)) continue;
      token.word = symbol;
      at_ += symbol.size();
      return;
    }
    const std::size_t bytes = decode_code_point(text_, at_).bytes;
    const std::string wrong(text_.substr(at_, bytes));
    const std::string advice = wrong == "=" ? "; equality is written ==" : "";
    fail("`" + wrong + "` has no meaning in an expression" + advice, at_, at_ + bytes);
  }

  [[noreturn]] void fail(const std::string& message, std::size_t first, std::size_t last) {
    const int column = column_at(first);
    throw_expression_error("expression::syntax", message, column, column_at(last));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t counted_ = 0;
  int column_ = 1;
};

}  // namespace

std::vector<Token> cut_expression(std::string_view text) { return Lexer(text).cut(); }

}  // namespace hone
