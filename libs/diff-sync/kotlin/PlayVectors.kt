package sync

import java.io.File
import java.io.IOException
import java.security.MessageDigest
import java.util.Base64
import kotlin.system.exitProcess
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

private val counts = sortedMapOf<String, Int>()
private val failed = mutableListOf<JsonElement>()

private operator fun JsonElement.get(name: String): JsonElement? = (this as JsonObject)[name]
private operator fun JsonElement.get(position: Int): JsonElement = (this as JsonArray)[position]
private val JsonElement?.text: String? get() = (this as? JsonPrimitive)?.takeIf { it.isString }?.content
private fun json(text: String?): JsonElement = text?.let(::JsonPrimitive) ?: JsonNull
private fun json(vararg members: Pair<String, Any?>): JsonObject = JsonObject(
    members.mapNotNull { (name, value) ->
        when (value) {
            null -> null
            is JsonElement -> name to value
            is Number -> name to JsonPrimitive(value)
            is List<*> -> name to JsonArray(value.map { JsonPrimitive(it as String) })
            else -> name to JsonPrimitive(value as String)
        }
    }.toMap(),
)

private fun check(file: String, title: String, got: JsonElement, wanted: JsonElement) {
    counts[file] = (counts[file] ?: 0) + 1
    if (!jsonEqual(got, wanted)) failed += json("file" to file, "title" to title, "got" to got, "wanted" to wanted)
}

/** Returns the result, or [refused] when the action rejects its input. */
private fun attempt(refused: JsonElement, action: () -> JsonElement): JsonElement = try {
    action()
} catch (_: IllegalArgumentException) {
    refused
}

private fun playCanonicalJson(file: String, vectors: JsonElement) {
    for (pair in vectors["numbers"] as JsonArray) {
        val bits = pair[0].text!!
        val value = Double.fromBits(bits.toULong(16).toLong())
        check(file, bits, attempt(JsonNull) { json(number(value)) }, pair[1])
    }
    for (each in vectors["documents"] as JsonArray) {
        val text = canonical(parse(each["input"].text!!))
        check(file, each["title"].text!!, json(text), each["canonical"]!!)
        val sha = MessageDigest.getInstance("SHA-256").digest(text.toByteArray())
        check(file, "${each["title"].text}: digest", json(Base64.getEncoder().encodeToString(sha)), each["digest"]!!)
    }
    val refused = JsonPrimitive("refused")
    for (text in vectors["refused"] as JsonArray)
        check(file, text.text!!, attempt(refused) { json(canonical(parse(text.text!!))) }, refused)
}

private fun playJsonPatch(file: String, vectors: JsonElement) {
    for (each in vectors["patches"] as JsonArray) {
        val document = each["document"]!!
        val before = canonical(document)
        val got = attempt(json("refused")) { json("result" to applyPatch(document, each["patch"]!!)) }
        val wanted = if (each["refused"] == null) json("result" to each["result"]) else json("refused")
        check(file, each["title"].text!!, got, wanted)
        check(file, "${each["title"].text}: the document", json(canonical(document)), json(before))
    }
}

private fun playFields(file: String, vectors: JsonElement) {
    for (each in vectors["etag"] as JsonArray) check(file, "${each[0]}", json(tokenOf(each[0].text)), each[1])
    for (each in vectors["syncKeep"] as JsonArray)
        check(file, "${each[0]}", attempt(JsonNull) { JsonArray(members(each[0].text).map(::json)) }, each[1])
    for (each in vectors["retryAfter"] as JsonArray) {
        val wait = retryAfterMs(each[0].text, each[1].text)
        check(file, "${each[0]}", wait?.let { JsonPrimitive(it) } ?: JsonNull, each[2])
    }
}

private fun playTranscripts(file: String, vectors: JsonElement) {
    val url = vectors["url"].text!!
    for (transcript in vectors["transcripts"] as JsonArray) {
        val storage = mutableMapOf<String, String>()
        for ((position, refresh) in (transcript["refreshes"] as JsonArray).withIndex()) {
            val title = "${transcript["title"].text}, refresh ${position + 1}"
            val exchanges = refresh["exchanges"] as JsonArray
            val sent = mutableListOf<JsonElement>()
            val client = SyncClient(storage) { _, headers -> nextAnswer(exchanges, sent, headers) }
            val outcome = try {
                val (view, outcome, degraded, why) = client.refresh(url)
                json(
                    "shows" to json(
                        "view" to view, "outcome" to outcome, "degraded" to degraded,
                        "reason" to why?.reason, "retryAfterMs" to why?.retryAfterMs,
                    ),
                )
            } catch (failure: SyncFailed) {
                val (reason, status, wait) = failure.why
                json("fails" to json("reason" to reason, "status" to status, "retryAfterMs" to wait))
            }
            check(file, title, outcome, json("shows" to refresh["shows"], "fails" to refresh["fails"]))
            check(file, "$title: requests", JsonArray(sent), JsonArray(exchanges.map { it["request"]!! }))
            val kept = client.kept(url)?.let { JsonObject(mapOf("view" to it.view, "token" to json(it.token))) }
            check(file, "$title: stored view", kept ?: JsonNull, refresh["keeps"]!!)
        }
    }
}

private fun nextAnswer(exchanges: JsonArray, sent: MutableList<JsonElement>, headers: Map<String, String>): Answer {
    val answer = exchanges.getOrNull(sent.size)?.get("answer")
    sent += JsonObject(headers.mapValues { json(it.value) })
    if (answer == null || answer.text == "lost") throw IOException("lost")
    val fields = (answer["headers"] as JsonObject).entries.associate { (name, value) -> name.lowercase() to value.text }
    return Answer((answer["status"] as JsonPrimitive).content.toInt(), { fields[it.lowercase()] }, answer["body"].text!!)
}

/** Runs the test vectors of a folder, and prints the number of checks per file and the failed checks. */
fun main(arguments: Array<String>) {
    val players = mapOf(
        "canonical-json.json" to ::playCanonicalJson,
        "json-patch.json" to ::playJsonPatch,
        "fields.json" to ::playFields,
        "transcripts.json" to ::playTranscripts,
    )
    val files = File(arguments[0]).listFiles { file -> file.name.endsWith(".json") }!!
    for (file in files.sorted()) players.getValue(file.name)(file.name, parse(file.readText()))
    println(JsonObject(mapOf("counts" to JsonObject(counts.mapValues { JsonPrimitive(it.value) }), "failed" to JsonArray(failed))))
    if (failed.isNotEmpty()) exitProcess(1)
}
