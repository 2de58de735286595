using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Moments;

/// <summary>One rule of an audience while it is edited.</summary>
public sealed class AudienceRow
{
    private readonly AudienceRule? _stored;

    private AudienceRow(AudienceRule? stored) => _stored = stored;

    public string Field { get; private set; } = AudienceWords.FirstField;

    public AudienceOperator Op { get; set; } = AudienceOperator.Contains;

    public string Value { get; set; } = "";

    /// <summary>The trait's name is typed, not picked.</summary>
    public bool NamesTrait { get; private set; }

    /// <summary>The name of the trait; empty for other fields.</summary>
    public string Trait
    {
        get => AudienceWords.TraitOf(Field) ?? "";
        set => Field = AudienceWords.TraitPrefix + value.Trim();
    }

    public bool NeedsValue => Op is not AudienceOperator.Exists;

    public static AudienceRow New() => new(stored: null);

    public static AudienceRow Of(AudienceRule rule) => new(rule) { Field = rule.Field, Op = rule.Op, Value = rule.Value ?? "" };

    /// <summary>Another field takes other comparisons, and another's value would mean nothing.</summary>
    /// <param name="field">As in a rule, or <see cref="AudienceWords.AnotherTrait"/>.</param>
    public void Pick(string field)
    {
        NamesTrait = field == AudienceWords.AnotherTrait;
        Field = NamesTrait ? AudienceWords.TraitPrefix : field;
        Value = "";
        Op = AudienceWords.Operators(Field)[0];
    }

    public AudienceRule Read()
    {
        if (_stored is not null && _stored.Field == Field && _stored.Op == Op && (_stored.Value ?? "") == Value)
        {
            return _stored;
        }

        return new AudienceRule(Field, Op, NeedsValue ? Value.Trim() : null);
    }
}
