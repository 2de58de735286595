namespace Orleans;

/// <summary>Marks a grain interface whose grains are identified by a string.</summary>
public interface IGrainWithStringKey : IGrain
{
}
