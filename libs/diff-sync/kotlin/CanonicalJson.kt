package sync

import java.math.BigDecimal
import java.math.MathContext
import java.math.RoundingMode
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

private val literal = Regex("""true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?""")
/** 17 significant digits identify every double. */
private const val MAX_DIGITS = 17
/** Maximum depth of nesting. The recursive functions here and in the library process it on any thread. */
private const val MAX_DEPTH = 200

/** Parses JSON strictly, because the parser of the library accepts any word without quotes. @throws IllegalArgumentException */
fun parse(text: String): JsonElement = try {
    Json.parseToJsonElement(text).also { requireLiterals(it, 0) }
} catch (_: StackOverflowError) {
    throw IllegalArgumentException("the JSON is nested too deeply")
}

private fun requireLiterals(value: JsonElement, depth: Int) {
    require(depth <= MAX_DEPTH) { "the JSON is nested too deeply" }
    when (value) {
        is JsonObject -> value.values.forEach { requireLiterals(it, depth + 1) }
        is JsonArray -> value.forEach { requireLiterals(it, depth + 1) }
        is JsonPrimitive -> require(value.isString || literal.matches(value.content)) { "the text is not JSON: it has an unquoted word or a malformed number" }
    }
}

/** Returns the canonical text (RFC 8785). @throws IllegalArgumentException for lone surrogates and infinite numbers */
fun canonical(value: JsonElement): String = when (value) {
    is JsonObject -> value.entries.sortedBy { it.key } // by UTF-16 code units
        .joinToString(",", "{", "}") { (name, member) -> quoted(name) + ":" + canonical(member) }
    is JsonArray -> value.joinToString(",", "[", "]", transform = ::canonical)
    is JsonNull -> "null"
    is JsonPrimitive -> when {
        value.isString -> quoted(value.content)
        value.content == "true" || value.content == "false" -> value.content
        else -> number(value.content.toDouble())
    }
}

/** Formats a double as ECMAScript does: with the shortest digits that identify it, and with an exponent from 1e21 on and below 1e-6. */
fun number(value: Double): String {
    require(value.isFinite()) { "the number is not finite" }
    if (value == 0.0) return "0"
    val sign = if (value < 0) "-" else ""
    val exact = BigDecimal(value).abs()
    // `Double.toString` does not always give the shortest digits before Java 19.
    // Above a power of two, doubles are farther apart than below it. So the nearest decimal of some length may parse as
    // another double, whereas the one rounded up parses as this double.
    val shortest = (1..MAX_DIGITS)
        .flatMap { count -> listOf(RoundingMode.HALF_EVEN, RoundingMode.UP).map { exact.round(MathContext(count, it)) } }
        .first { it.toDouble() == Math.abs(value) }
    val digits = shortest.unscaledValue().toString().trimEnd('0')
    val point = shortest.precision() - shortest.scale()
    return sign + when {
        point in digits.length..21 -> digits.padEnd(point, '0')
        point in 1..21 -> digits.take(point) + "." + digits.drop(point)
        point in -5..0 -> "0." + "0".repeat(-point) + digits
        else -> {
            val fraction = if (digits.length > 1) "." + digits.drop(1) else ""
            "${digits[0]}${fraction}e${if (point > 0) "+" else ""}${point - 1}"
        }
    }
}

private fun quoted(text: String): String {
    require(Charsets.UTF_16BE.newEncoder().canEncode(text)) { "the text has a lone surrogate" }
    val escaped = text.map {
        when {
            it == '"' -> "\\\""
            it == '\\' -> "\\\\"
            it == '\b' -> "\\b"
            it == '\t' -> "\\t"
            it == '\n' -> "\\n"
            it == '\u000c' -> "\\f"
            it == '\r' -> "\\r"
            it < ' ' -> "\\u%04x".format(it.code)
            else -> it.toString()
        }
    }
    return escaped.joinToString("", "\"", "\"")
}
