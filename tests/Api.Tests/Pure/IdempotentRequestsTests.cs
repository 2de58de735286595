using System.Collections.Immutable;
using System.Text;
using Conclude.Api.Idempotency;
using Conclude.Api.Keys;
using Conclude.Grains.Idempotency;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Conclude.Api.Tests.Pure;

/// <summary>Which answers are kept under an idempotency key, and that whoever asked is answered whatever becomes of keeping.</summary>
public sealed class IdempotentRequestsTests
{
    private readonly IIdempotencyGrain _kept = Substitute.For<IIdempotencyGrain>();
    private readonly IdempotentRequests _requests;
    private readonly DefaultHttpContext _context = new();
    private readonly MemoryStream _client = new();

    public IdempotentRequestsTests()
    {
        var grains = Substitute.For<IGrainFactory>();
        grains.GetGrain<IIdempotencyGrain>("acme").Returns(_kept);
        _kept.Begin(default!, default!, default).ReturnsForAnyArgs(new IdempotencyStart(IdempotencyStatus.Started));
        _requests = new IdempotentRequests(grains, NullLogger<IdempotentRequests>.Instance);
        var key = ApiKeys.Record("sk_live_1", default);
        _context.Features.Set(new Caller(
            new WorkspaceSnapshot("acme", "Acme", 1, ImmutableSortedDictionary<string, MomentDefinition>.Empty, WorkspaceSettings.Default, PlanLimits.SelfHosted, [key], [], "s"), key));
        _context.Request.Method = "POST";
        _context.Request.Headers[IdempotencyKey.Header] = "k";
        _context.Response.Body = _client;
    }

    [Theory]
    [InlineData(201, true)]
    [InlineData(400, true)]
    [InlineData(409, true)]
    [InlineData(401, false)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    public async Task An_answer_that_asks_to_try_again_is_not_kept(int status, bool keeps)
    {
        await _requests.Run(_context, Answer(status));
        await _kept.Received(1).Finish(IdempotencyKey.Hash("k"), Arg.Any<Guid>(), Arg.Is<KeptAnswer?>(a => (a != null) == keeps));
        Assert.Equal(("told", status), (Encoding.UTF8.GetString(_client.ToArray()), _context.Response.StatusCode));
    }

    [Fact]
    public async Task A_request_that_failed_may_run_again()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => _requests.Run(_context, static _ => throw new TimeoutException()));
        await _kept.Received(1).Finish(IdempotencyKey.Hash("k"), Arg.Any<Guid>(), null);
        Assert.Same(_client, _context.Response.Body);
    }

    [Fact]
    public async Task What_was_done_is_told_though_it_could_not_be_kept()
    {
        _kept.Finish(default!, default, default).ThrowsAsyncForAnyArgs(new TimeoutException());
        await _requests.Run(_context, Answer(201));
        Assert.Equal("told", Encoding.UTF8.GetString(_client.ToArray()));
    }

    [Fact]
    public void A_kept_answer_opens_with_its_key_in_its_workspace_alone()
    {
        var kept = AnswerSeal.Seal("whsec_1"u8, "k", "acme");
        Assert.Equal("whsec_1"u8.ToArray(), AnswerSeal.Open(kept, "k", "acme"));
        Assert.NotEqual(kept, AnswerSeal.Seal("whsec_1"u8, "k", "acme"));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => AnswerSeal.Open(kept, "l", "acme"));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => AnswerSeal.Open(kept, "k", "other"));
    }

    private static RequestDelegate Answer(int status) => context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync("told");
    };
}
