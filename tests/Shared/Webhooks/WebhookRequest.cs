using System.Text.Json.Nodes;

namespace Conclude.Testing.Webhooks;

/// <summary>A request as a receiver met it.</summary>
internal sealed record WebhookRequest(string Id, string Timestamp, string Signature, byte[] Body, string Host, JsonNode Json)
{
    public string Type => (string)Json["type"]!;

    public JsonNode Data => Json["data"]!;
}
