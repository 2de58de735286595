namespace Orleans.Runtime;

/// <summary>Anything that can be called through a reference: grains and observers.</summary>
public interface IAddressable
{
}
