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
private const val PRECISE = 17
/** Levels of nesting that the recursive functions here and in the library process on any thread. */
private const val DEEPEST = 200

/** Parses JSON strictly: the parser of the library accepts any word without quotes. @throws IllegalArgumentException */
fun parse(text: String): JsonElement = try {
    Json.parseToJsonElement(text).also { requireLiterals(it, 0) }
} catch (_: StackOverflowError) {
    throw IllegalArgumentException("nested too deeply")
}

private fun requireLiterals(value: JsonElement, depth: Int) {
    require(depth <= DEEPEST) { "nested too deeply" }
    when (value) {
        is JsonObject -> value.values.forEach { requireLiterals(it, depth + 1) }
        is JsonArray -> value.forEach { requireLiterals(it, depth + 1) }
        is JsonPrimitive -> require(value.isString || literal.matches(value.content)) { "not JSON" }
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

/** Formats a double as ECMAScript does: the shortest digits; an exponent from 1e21 on and below 1e-6. */
fun number(value: Double): String {
    require(value.isFinite()) { "the number is not finite" }
    if (value == 0.0) return "0"
    val sign = if (value < 0) "-" else ""
    val exact = BigDecimal(value).abs()
    // `Double.toString` does not always give the shortest digits before Java 19.
    // More decimals above a power of two than below it are the same double, so the nearest one does not always do.
    val shortest = (1..PRECISE)
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
    require(Charsets.UTF_16BE.newEncoder().canEncode(text)) { "a lone surrogate" }
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
