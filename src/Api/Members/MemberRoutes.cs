using Conclude.Api.Errors;
using Conclude.Api.Keys;
using Conclude.Grains;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Api.Members;

/// <summary>
/// Members of a workspace; secret key. They are listed and no more: a place among them outlives the key that would have made it, and the
/// way to end a key that was stolen is to replace it.
/// </summary>
internal static class MemberRoutes
{
    public static void MapMembers(this IEndpointRouteBuilder routes) =>
        routes.MapGroup(ApiRoutes.Management).WithTags("Members").WithCommonProblems()
            .MapGet("members", List).WithSummary("Members, and invites on offer; they are changed on the dashboard alone");

    private static async Task<Ok<MembersJson>> List(Caller caller, IGrainFactory grains) =>
        TypedResults.Ok(new MembersJson(
            [.. caller.Workspace.Members.Select(MemberJson.Of)], [.. (await grains.Tenant(caller.WorkspaceId).Invites()).Select(InviteJson.Of)]));
}
