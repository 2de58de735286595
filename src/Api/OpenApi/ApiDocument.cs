using Conclude.Api.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Conclude.Api.OpenApi;

/// <summary><c>/openapi/v1.json</c>: what this API takes and answers, from the routes themselves.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";
    private const string KeyScheme = "apiKey";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, static options =>
    {
        options.ShouldInclude = static route =>
            route.RelativePath is { } path && (path.StartsWith("api/", StringComparison.Ordinal) || path.StartsWith("health/", StringComparison.Ordinal));
        options.AddDocumentTransformer(static (document, _, _) => Describe(document));
        options.AddSchemaTransformer(static (schema, context, _) => SchemaTexts.Describe(schema, context));
    });

    public static void MapApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

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
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
        return Task.CompletedTask;
    }
}
