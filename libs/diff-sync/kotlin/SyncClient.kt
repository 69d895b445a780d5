package sync

import java.io.IOException
import java.net.URLDecoder
import java.security.MessageDigest
import java.time.Instant
import java.time.format.DateTimeFormatter
import java.time.format.DateTimeParseException
import java.util.Base64
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

private val tagSyntax = Regex("""(?:W/)?"([A-Za-z0-9_-]{24})(?:-[a-z0-9]+)?"""")
private val anyTagSyntax = Regex("""(?:W/)?"([^"]+)"""")
private val keptName = Regex(""""([^"]*)"""")
private val brokenPercent = Regex("%(?![0-9A-Fa-f]{2})")
private val retryableStatuses = setOf(408, 425, 429)
private const val MAX_RETRY_AFTER_MS = 3_600_000L

/** An answer that arrived completely. [header] ignores case and returns null for a missing field. */
class Answer(val status: Int, val header: (String) -> String?, val body: String)

/** Sends one GET without following redirects. @throws IOException when the answer does not arrive completely */
typealias Fetch = (url: String, headers: Map<String, String>) -> Answer

/** A stored view and the token that identifies it; [token] is null for a view without one. */
data class Kept(val view: JsonObject, val token: String?)

/** Explains why there is no new view. [reason]: offline, unavailable, refused, foreign or degraded. */
data class Reason(val reason: String, val status: Int? = null, val retryAfterMs: Long? = null)

/** Result of a refresh. [outcome]: full, patched or unchanged; or kept, when there was no usable answer for the reason [why]. */
data class Shown(
    val view: JsonObject,
    val outcome: String,
    val degraded: List<String> = emptyList(),
    val why: Reason? = null,
)

/** Thrown when the server rejects the request, or when there is neither a usable answer nor a stored view. */
class SyncFailed(val why: Reason) : Exception(why.reason)

/** Thrown when an answer is not from our server, or was damaged in transit. */
private class Unusable(why: String) : Exception(why)

private sealed interface Reading
private data class Read(val shown: Shown, val token: String?, val isKept: Boolean = true) : Reading
private data class Failed(val why: Reason) : Reading

/** Client of differential sync. Stores the views of one signed-in user as strings in [storage]. */
class SyncClient(private val storage: MutableMap<String, String>, private val fetch: Fetch) {
    /** Refreshes a view and returns it; returns the stored view when there is no usable answer. @throws SyncFailed */
    fun refresh(url: String, headers: Map<String, String> = emptyMap()): Shown {
        val kept = kept(url)
        var reading = request(url, headers, kept, kept?.token)
        // The answer was not usable, but the answer to an unconditional request may be.
        if (reading is Failed && reading.why.reason == "foreign" && reading.why.status!! < 400)
            reading = request(url, headers, kept, null)
        return when (reading) {
            is Failed -> {
                val why = reading.why
                if (kept == null || why.reason == "refused") throw SyncFailed(why)
                Shown(kept.view, "kept", why = why)
            }
            is Read -> {
                val isNew = reading.token == null || reading.token != kept?.token
                if (reading.isKept && isNew) keep(url, Kept(reading.shown.view, reading.token))
                reading.shown
            }
        }
    }

    /** Returns the stored view and token of a URL; null if none are stored, or if the stored text is damaged. */
    fun kept(url: String): Kept? = try {
        val stored = parse(storage[url] ?: return null) as JsonObject
        Kept(stored["view"] as JsonObject, (stored["token"] as JsonPrimitive).takeIf { it.isString }?.content)
    } catch (_: RuntimeException) {
        null
    }

    /** Stores view and token as one string, so that the token always identifies exactly this view. */
    private fun keep(url: String, kept: Kept) {
        val token = kept.token?.let(::JsonPrimitive) ?: JsonNull
        storage[url] = JsonObject(mapOf("view" to kept.view, "token" to token)).toString()
    }

    private fun request(url: String, given: Map<String, String>, kept: Kept?, token: String?): Reading {
        // An HTTP cache must neither answer the request nor add a condition to it.
        val condition = if (token == null) emptyMap() else mapOf("If-None-Match" to "\"$token\"")
        val headers = given + mapOf("Cache-Control" to "no-cache, no-store", "A-IM" to "json-patch") + condition
        val answer = try {
            fetch(url, headers)
        } catch (_: IOException) {
            return Failed(Reason("offline"))
        }
        if (answer.status >= 400) return Failed(refusal(answer))
        return try {
            read(answer, kept, token)
        } catch (_: Unusable) {
            Failed(Reason("foreign", answer.status))
        } catch (_: IllegalArgumentException) {
            Failed(Reason("foreign", answer.status))
        }
    }
}

/** Reads an answer with a status below 400. @param token the one in `If-None-Match`; null for an unconditional request */
private fun read(answer: Answer, kept: Kept?, token: String?): Reading = when {
    answer.status == 304 && kept != null && token != null ->
        Read(Shown(kept.view, "unchanged"), tokenOf(answer.header("ETag")) ?: token)
    answer.status == 226 && kept != null && token != null -> readPatch(answer, kept.view, token)
    answer.status == 200 -> readFull(answer, kept)
    else -> throw Unusable("the status ${answer.status} is not expected")
}

private fun readPatch(answer: Answer, base: JsonObject, token: String): Reading {
    val new = tokenOf(answer.header("ETag"))
    if (answer.header("IM") != "json-patch" || new == null || tokenOf(answer.header("Delta-Base")) != token)
        throw Unusable("the answer is not a patch of the stored view")
    val view = applyPatch(base, parse(answer.body))
    if (view !is JsonObject || answer.header("Sync-Digest") != "sha-256=:${digest(view)}:")
        throw Unusable("the patched view does not match its digest")
    val outcome = if (new == token) "unchanged" else "patched"
    return Read(Shown(view, outcome, members(answer.header("Sync-Keep"))), new)
}

private fun readFull(answer: Answer, kept: Kept?): Reading {
    if (contentType(answer) != "application/json") throw Unusable("the content type is not application/json")
    val body = parse(answer.body) as? JsonObject ?: throw Unusable("the answer is not an object")
    val isDegraded = !answer.header("BFF-Degraded").isNullOrEmpty()
    val tag = if (isDegraded) null else answer.header("ETag") ?: ""
    if (!isOurs(body["_meta"] as? JsonObject, tag)) throw Unusable("the answer is foreign")
    val view = JsonObject(body - "_meta")
    val degraded = members(answer.header("Sync-Keep"))
    return when {
        !isDegraded -> Read(Shown(view, "full", degraded), tokenOf(tag))
        kept == null -> Read(Shown(view, "full", degraded), null, isKept = false)
        degraded.isNotEmpty() -> {
            val own = degraded.mapNotNull { name -> kept.view[name]?.let { name to it } }
            Read(Shown(JsonObject(view - degraded.toSet() + own), "full", degraded), null)
        }
        // The stored view must not be shown under the changed policy.
        answer.header("Sync-Reset") == "policy-changed" -> Read(Shown(view, "full", degraded), null)
        else -> Failed(Reason("degraded", 200))
    }
}

/**
 * Returns whether an answer is from our server, by the `_meta` of its view. A complete view has the tag of the
 * answer there, a degraded view (tag null) has `complete: false`.
 */
private fun isOurs(meta: JsonObject?, tag: String?): Boolean {
    if (meta == null) return false
    if (tag == null) return (meta["complete"] as? JsonPrimitive)?.let { !it.isString && it.content == "false" } ?: false
    val etag = (meta["etag"] as? JsonPrimitive)?.takeIf { it.isString }?.content ?: return false
    return anyTagSyntax.matchEntire(tag)?.groupValues?.get(1)?.startsWith(etag) ?: false
}

/** Classifies an answer of 400 or above. A 4xx without problem details is foreign (a captive portal). */
private fun refusal(answer: Answer): Reason {
    val isProblem = try {
        contentType(answer) == "application/problem+json" && parse(answer.body) is JsonObject
    } catch (_: IllegalArgumentException) {
        false
    }
    val isRetryable = answer.status >= 500 || answer.status in retryableStatuses
    val reason = if (isRetryable) "unavailable" else if (isProblem) "refused" else "foreign"
    return Reason(reason, answer.status, retryAfterMs(answer.header("Retry-After"), answer.header("Date")))
}

/** Returns the token of an entity tag, without W/ and coding suffix; null if the tag is not a token. */
fun tokenOf(tag: String?): String? = tagSyntax.matchEntire(tag ?: "")?.groupValues?.get(1)

/** Returns the member names in a Sync-Keep field. @throws IllegalArgumentException for a broken percent-encoding */
fun members(field: String?): List<String> = keptName.findAll(field ?: "").map { match ->
    val name = match.groupValues[1]
    require(!brokenPercent.containsMatchIn(name)) { "Sync-Keep has a broken percent-encoding" }
    // The decoder is for forms, in which a plus sign is a space.
    URLDecoder.decode(name.replace("+", "%2B"), "UTF-8").also { require('\ufffd' !in it) { "Sync-Keep is not UTF-8" } }
}.toList()

/** Returns the delay of a Retry-After field in milliseconds, at most an hour. A date is compared with the server's clock, [date]. */
fun retryAfterMs(field: String?, date: String?): Long? {
    if (field == null) return null
    val ms = if (field.matches(Regex("[0-9]+"))) field.toBigInteger().min(1_000_000.toBigInteger()).toLong() * 1_000
    else try {
        timeOf(field) - (date?.let(::timeOf) ?: System.currentTimeMillis())
    } catch (_: DateTimeParseException) {
        return null
    }
    return ms.coerceAtMost(MAX_RETRY_AFTER_MS).takeIf { it > 0 }
}

private fun timeOf(httpDate: String): Long =
    Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(httpDate)).toEpochMilli()

private fun contentType(answer: Answer): String =
    (answer.header("Content-Type") ?: "").substringBefore(";").trim().lowercase()

private fun digest(view: JsonObject): String =
    Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(canonical(view).toByteArray()))
