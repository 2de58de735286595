using Conclude.Api.Errors;
using Conclude.Grains;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Api.Keys;

/// <summary>Keys of a workspace; secret key.</summary>
internal static class KeyRoutes
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(ApiRoutes.Management + "/keys").WithTags("Keys").WithCommonProblems();
        group.MapGet("", List).WithSummary("The keys in force");
        group.MapPost("publishable", static (Caller caller, IGrainFactory grains, TimeProvider time) => Add(KeyKind.Publishable, caller, grains, time))
            .WithSummary("Make a publishable key; the others work until they are revoked").WithProblems(409);
        group.MapDelete("publishable/{id}", static (string id, Caller caller, IGrainFactory grains) => Revoke(KeyKind.Publishable, id, caller, grains))
            .WithSummary("Revoke a publishable key").WithProblems(404);
        group.MapPost("test", static (Caller caller, IGrainFactory grains, TimeProvider time) => Add(KeyKind.Test, caller, grains, time))
            .WithSummary("Make a test key; the others work until they are revoked").WithProblems(409);
        group.MapDelete("test/{id}", static (string id, Caller caller, IGrainFactory grains) => Revoke(KeyKind.Test, id, caller, grains))
            .WithSummary("Revoke a test key").WithProblems(404);
        group.MapPost("secret/regenerate", static (Caller caller, IGrainFactory grains, TimeProvider time) => Add(KeyKind.Secret, caller, grains, time))
            .WithSummary("Replace the secret key: the one that this request came with ends at once").WithProblems(409);
    }

    private static Ok<KeysJson> List(Caller caller) =>
        TypedResults.Ok(new KeysJson([.. caller.Workspace.Keys.OrderByDescending(static k => k.CreatedAt).Select(KeyJson.Of)]));

    private static async Task<Results<Created<KeyJson>, ApiProblem>> Add(KeyKind kind, Caller caller, IGrainFactory grains, TimeProvider time)
    {
        var plain = ApiKeys.Generate(kind);
        var made = ApiKeys.Record(plain, time.GetUtcNow());
        return await grains.Tenant(caller.WorkspaceId).AddKey(made) switch
        {
            SaveStatus.Saved => TypedResults.Created((string?)null, KeyJson.Of(made) with { Key = plain }),
            SaveStatus.PlanLimit => ApiProblem.TooManyKeys,
            _ => ApiProblem.NotFound,
        };
    }

    private static async Task<Results<NoContent, ApiProblem>> Revoke(KeyKind kind, string id, Caller caller, IGrainFactory grains) =>
        await grains.Tenant(caller.WorkspaceId).RevokeKey(kind, id) == SaveStatus.Saved ? TypedResults.NoContent() : ApiProblem.NotFound;
}
