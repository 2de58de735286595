using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Conclude.Api.Errors;
using Conclude.Api.Idempotency;
using Conclude.Api.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Conclude.Api.OpenApi;

/// <summary>What the generator does not tell of an operation: its key, its conditional headers, and an example of all that is sent.</summary>
internal static class OperationTexts
{
    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var (route, metadata) = (context.Description, context.Description.ActionDescriptor.EndpointMetadata);
        var path = "/" + route.RelativePath;
        if (path.StartsWith(ApiRoutes.Root, StringComparison.Ordinal))
        {
            operation.Description = path.StartsWith(ApiRoutes.Widget, StringComparison.Ordinal) ? "Takes a publishable or test key." : "Takes the secret key.";
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiDocument.KeyScheme, context.Document)] = [] }];
        }

        if (metadata.OfType<TakesIdempotencyKey>().Any())
        {
            AddHeader(operation, IdempotencyKey.Header, $"Runs this request once in 24 hours; the same again gets the first answer, with {IdempotentRequests.Replayed}: true. {IdempotencyKey.Rule}.");
        }

        if (operation.Responses?.ContainsKey("412") is true)
        {
            AddHeader(operation, "If-Match", "The ETag that was read: refused with 412 when it is not the one in force.");
        }

        if (operation.Responses?.ContainsKey("304") is true)
        {
            AddHeader(operation, "If-None-Match", "The ETag that the caller has: 304 when it is still the one in force.");
        }

        if (metadata.OfType<IAcceptsMetadata>().FirstOrDefault()?.RequestType is { } body)
        {
            SetExample(operation.RequestBody?.Content, Examples.Of(body));
        }

        foreach (var answer in route.SupportedResponseTypes)
        {
            var status = answer.StatusCode.ToString(CultureInfo.InvariantCulture);
            if (operation.Responses is null || !operation.Responses.TryGetValue(status, out var response))
            {
                continue;
            }

            if (answer.Type == typeof(ProblemJson))
            {
                response.Content?[ApiProblem.ContentType].Examples = Problems(answer.StatusCode, metadata.OfType<ApiProblem>());
            }
            else
            {
                SetExample(response.Content, response.Content?.ContainsKey("text/csv") is true ? Examples.Csv : answer.Type is null ? null : Examples.Of(answer.Type));
            }
        }

        return Task.CompletedTask;
    }

    private static Dictionary<string, IOpenApiExample> Problems(int status, IEnumerable<ApiProblem> own)
    {
        var told = own.Where(p => p.Status == status).DistinctBy(static p => p.Code).ToArray();
        return (told.Length > 0 ? told : Usual(status)).ToDictionary(
            static p => p.Code,
            static IOpenApiExample (p) => new OpenApiExample
            {
                Value = JsonSerializer.SerializeToNode(new ProblemJson(p.Title, p.Status, p.Code, p.Detail, p.Errors, p.TraceId), ApiJson.Default.ProblemJson),
            },
            StringComparer.Ordinal);
    }

    private static ApiProblem[] Usual(int status) => status switch
    {
        400 => [ApiProblem.Validation("question", "1–200 characters"), ApiProblem.MalformedJson],
        401 => [ApiProblem.UnknownKey],
        403 => [ApiProblem.WrongKeyType],
        404 => [ApiProblem.NotFound],
        412 => [ApiProblem.VersionMismatch],
        413 => [ApiProblem.TooLarge],
        415 => [ApiProblem.UnsupportedMediaType],
        429 => [ApiProblem.RateLimited(1)],
        503 => [ApiProblem.StoreUnavailable, ApiProblem.Busy],
        _ => throw new InvalidOperationException($"Tell which problems a route answers {status} with."),
    };

    private static void SetExample(IDictionary<string, OpenApiMediaType>? content, JsonNode? example)
    {
        foreach (var media in content?.Values ?? [])
        {
            media.Example = example?.DeepClone();
        }
    }

    private static void AddHeader(OpenApiOperation operation, string name, string description) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    });
}
