using Conclude.Api.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Conclude.Api.OpenApi;

/// <summary><c>/openapi/v1.json</c>: what this API takes and answers, from the routes themselves.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";
    public const string KeyScheme = "apiKey";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, static options =>
    {
        options.ShouldInclude = static route =>
            route.RelativePath is { } path && (path.StartsWith("api/", StringComparison.Ordinal) || path.StartsWith("health/", StringComparison.Ordinal));
        options.AddDocumentTransformer(static (document, _, _) => Describe(document));
        options.AddOperationTransformer(static (operation, context, _) => OperationTexts.Describe(operation, context));
        options.AddSchemaTransformer(static (schema, context, _) => SchemaTexts.Describe(schema, context));
    });

    public static void MapApiDocument(this IEndpointRouteBuilder routes)
    {
        var provider = routes.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
        string? written = null;
        // The framework's own route composes it anew for everybody who asks, a tenth of a second of a core each time; it stays the same.
        routes.MapGet($"/openapi/{Name}.json", async (CancellationToken cancellation) => TypedResults.Content(
            written ??= await (await provider.GetOpenApiDocumentAsync(cancellation)).SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellation),
            "application/json; charset=utf-8")).AllowAnonymous().ExcludeFromDescription();
    }

    private static Task Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Conclude Moments",
            Version = Name,
            Description = "Errors are application/problem+json with a stable `code`. Widget routes take a publishable or test key, all others a secret key.",
        };
        document.Servers?.Clear();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[KeyScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = KeyReading.Header,
            Description = "pk_live_…, pk_test_… or sk_live_…; on widget routes also as the query parameter `key`.",
        };
        return Task.CompletedTask;
    }
}
