using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Conclude.Ledger;
using Conclude.Ledger.Outbox;

namespace Conclude.Grains.Webhooks;

/// <summary>The body of a delivery: <c>{"type","timestamp","sequence","data"}</c>. The same bytes at every attempt, as long as its fact is the same.</summary>
public static class WebhookPayload
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Default, SkipValidation = true };

    public static byte[] Body(Delivery delivery)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(bytes, Options);
        json.WriteStartObject();
        json.WriteString("type", delivery.Type);
        json.WriteString("timestamp", delivery.At.UtcDateTime);
        json.WriteNumber("sequence", delivery.Sequence);
        json.WritePropertyName("data");
        if (delivery.Answer is { } answer)
        {
            Write(json, answer, withComment: delivery.Type == FactTypes.CommentCreated);
        }
        else
        {
            json.WriteRawValue(delivery.Data ?? "{}");
        }

        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    // A reaction's own delivery never has the comment, which may have come before it is sent.
    private static void Write(Utf8JsonWriter json, ToldAnswer answer, bool withComment)
    {
        json.WriteStartObject();
        json.WriteString("promptId", answer.PromptId);
        json.WriteString("event", answer.Event);
        json.WriteString("question", answer.Question);
        json.WriteString("reaction", answer.Reaction switch
        {
            Reaction.Positive => "positive",
            Reaction.Neutral => "neutral",
            _ => "frustrated",
        });
        if (withComment)
        {
            json.WriteString("comment", answer.Comment);
        }

        Write(json, answer.Person);
        json.WriteStartObject("context");
        json.WriteString("url", answer.Context.Url);
        json.WriteString("locale", answer.Context.Locale);
        json.WriteString("device", answer.Context.Device);
        json.WriteEndObject();
        json.WriteString("at", ((withComment ? answer.CommentedAt : null) ?? answer.ReactedAt).UtcDateTime);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Person person)
    {
        json.WriteStartObject("user");
        json.WriteString("externalId", person.ExternalId);
        json.WriteString("email", person.Email);
        json.WriteString("name", person.Name);
        json.WriteStartArray("companies");
        foreach (var company in person.Companies)
        {
            json.WriteStartObject();
            json.WriteString("id", company.Id);
            json.WriteString("name", company.Name);
            if (company.MonthlySpend is { } spend)
            {
                json.WriteNumber("monthlySpend", spend);
            }
            else
            {
                json.WriteNull("monthlySpend");
            }

            if (company.Created is { } created)
            {
                json.WriteString("created", created.UtcDateTime);
            }
            else
            {
                json.WriteNull("created");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
