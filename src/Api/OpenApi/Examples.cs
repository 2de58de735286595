using System.Text.Json.Nodes;

namespace Conclude.Api.OpenApi;

/// <summary>What requests and answers look like, by the name of their type; from <c>examples.json</c>.</summary>
internal static class Examples
{
    private const string Resource = "openapi/examples.json";

    private static readonly JsonObject All = Read();

    public static JsonNode Csv { get; } = JsonValue.Create(
        "promptId,event,reaction,comment,externalId,email,name,companies,url,locale,device,at\r\n"
        + "0193a5b0-0000-7000-8000-000000000002,report_exported,frustrated,Too slow,user_123,ada@acme.com,Ada,Acme,https://app.acme.com/reports,en-GB,desktop,2026-11-22T10:00:09Z\r\n");

    /// <returns>Null when there is none.</returns>
    public static JsonNode? Of(Type type) => All[type.Name];

    private static JsonObject Read()
    {
        using var stream = typeof(Examples).Assembly.GetManifestResourceStream(Resource)!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
