using System.Text.Json;
using Conclude.Api.Json;
using Conclude.Ledger;
using Microsoft.AspNetCore.Http;

namespace Conclude.Api.Users;

/// <summary>Writes what is stored of a person, however much it is: the events as they are found.</summary>
internal sealed class UserExport(ILedgerUpkeep ledger, string workspace, PersonRecord[] records) : IResult
{
    private const int FlushBytes = 32 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellation = httpContext.RequestAborted;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.Headers.CacheControl = "no-store";
        await using Utf8JsonWriter json = new(httpContext.Response.BodyWriter);
        json.WriteStartObject();
        var person = records.Select(static r => r.Person).FirstOrDefault(static p => !p.IsEmpty) ?? Person.Nobody;
        json.WritePropertyName("user");
        JsonSerializer.Serialize(json, UserFactsJson.Of(person), ApiJson.Default.UserFactsJson);
        json.WriteStartArray("anonymousIds");
        foreach (var id in records.SelectMany(static r => r.Keys).Select(UserKeys.AnonymousId).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
        json.WriteStartArray("prompts");
        foreach (var prompt in records.SelectMany(static r => r.Prompts).OrderBy(static p => p.GrantedAt))
        {
            JsonSerializer.Serialize(json, UserPromptJson.Of(prompt), ApiJson.Default.UserPromptJson);
        }

        json.WriteEndArray();
        json.WriteStartArray("events");
        await foreach (var found in ledger.ReadEventsOf(workspace, [.. records.SelectMany(static r => r.Keys)], cancellation))
        {
            JsonSerializer.Serialize(json, UserEventJson.Of(found), ApiJson.Default.UserEventJson);
            if (json.BytesPending > FlushBytes)
            {
                await json.FlushAsync(cancellation);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellation);
    }
}
