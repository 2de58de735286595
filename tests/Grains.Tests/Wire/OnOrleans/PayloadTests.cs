using Conclude.Grains.Accounts;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Conclude.Grains.Tests.Wire.OnOrleans;

/// <summary>Proves on Orleans' serializer that silos of two versions understand each other: payloads.txt holds what was once written.</summary>
public sealed class PayloadTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSerializer(static builder => builder.AddAssembly(typeof(GrainKeys).Assembly).AddAssembly(typeof(ILedger).Assembly).AddAssembly(typeof(PayloadTests).Assembly))
        .BuildServiceProvider();

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    public static TheoryData<string> SampleNames => [.. Samples.All.Keys];

    public void Dispose() => _services.Dispose();

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void A_payload_of_the_first_version_is_read(string name)
    {
        var sample = Samples.All[name];
        var kept = ReadKept().GetValueOrDefault(name);
        Assert.True(kept is not null, $"Add this line to tests/Grains.Tests/Wire/payloads.txt and never change it:\n{name} {Convert.ToBase64String(Write(sample))}");
        // Written with its type's alias, as in a field that may hold anything.
        Assert.Equal(Samples.Text(sample), Samples.Text(Serializer.Deserialize<object>(Convert.FromBase64String(kept))!));
    }

    [Fact]
    public void An_account_whose_only_link_was_stored_in_members_since_retired_is_read_without_it()
    {
        var first = Assert.IsType<AccountState>(Serializer.Deserialize<object>(Convert.FromBase64String(ReadKept()["AccountState.first"])));
        Assert.Equal(Samples.Text(((AccountState)Samples.All[nameof(AccountState)]).Account!), Samples.Text(first.Account!));
        Assert.Empty(first.Links);
    }

    [Fact]
    public void Members_that_the_sender_did_not_have_get_their_defaults()
    {
        var id = Guid.NewGuid();
        var answer = Serializer.Deserialize<PromptAnswer>(Serializer.SerializeToArray(new OlderPromptAnswer(id, PromptStep.Seen)));
        Assert.Equal(new PromptAnswer(id, PromptStep.Seen), answer);
        var moment = Serializer.Deserialize<MomentDefinition>(Serializer.SerializeToArray(new OlderMoment { Event = "e", Question = "How?" }))!;
        Assert.Equal(("e", "How?", 100m, true), (moment.Event, moment.Question, moment.SamplingRate, moment.Enabled));
        Assert.Empty(moment.Audience);
    }

    [Fact]
    public void Members_that_the_reader_does_not_know_are_left_out()
    {
        var id = Guid.NewGuid();
        // The text that both know is the one that stood in the unknown member before: it is sent once.
        var sent = new NewerBatchAnswer([new NewerFireAnswer(id, FireStatus.Accepted, Verdict.Cooldown, null, null, new NewerReason("u:ada", [new("deeper", [])]))], "u:ada", [1, 2]);
        var read = Serializer.Deserialize<FireBatchAnswer>(Serializer.SerializeToArray(sent))!;
        Assert.Equal(new FireAnswer(id, FireStatus.Accepted, Verdict.Cooldown, null, null), Assert.Single(read.Answers));
        Assert.Equal("u:ada", read.MovedTo);
    }

    private static Dictionary<string, string> ReadKept()
    {
        using var stream = typeof(PayloadTests).Assembly.GetManifestResourceStream("payloads.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ')).ToDictionary(static l => l[0], static l => l[1], StringComparer.Ordinal);
    }

    private byte[] Write(object sample) => Serializer.SerializeToArray(sample);
}
