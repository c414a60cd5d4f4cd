//! The public API of the crate, as a list in `tests/golden/api.txt` that every change must update. The list is made
//! from the source, so it needs no nightly compiler. It has one line for each public item, field, variant, method and
//! implementation. Members with `#[doc(hidden)]`, which are internals of sealed traits, and auto traits are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Fields, ImplItem, Item, ItemImpl, Token, TraitItem, UseTree, Visibility};

use crate::assert_golden;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// The files that the build wrote, which files under `src/` include.
const GENERATED: [(&str, &str); 3] = [
    ("/client.rs", include_str!(concat!(env!("OUT_DIR"), "/client.rs"))),
    ("/vpn.rs", include_str!(concat!(env!("OUT_DIR"), "/vpn.rs"))),
    ("/builders.rs", include_str!(concat!(env!("OUT_DIR"), "/builders.rs"))),
];

/// A path from the root of the crate or, of a foreign item, from its crate.
type Names = Vec<String>;

#[derive(Default)]
struct Module {
    items: Vec<Item>,
    /// The names that `use` imports.
    uses: BTreeMap<String, Names>,
    /// What `cfg` asks of everything in it.
    cfg: Vec<String>,
}

/// The modules of the crate by path, and the public API found so far.
struct Crate {
    modules: BTreeMap<Names, Module>,
    dependencies: BTreeSet<String>,
    /// The shortest public path of each public item.
    public: BTreeMap<Names, String>,
    lines: BTreeSet<String>,
    /// The crates whose items the lines name.
    foreign: BTreeSet<String>,
}

fn text(tokens: impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| it.path().is_ident("doc") && text(&it.meta).replace(' ', "") == "doc(hidden)")
}

fn cfg(attributes: &[Attribute]) -> impl Iterator<Item = String> {
    let of_cfg = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    of_cfg.map(|attribute| text(&attribute.meta).replace(' ', ""))
}

/// The attributes that matter to a user, in front of their item.
fn noticed(attributes: &[Attribute]) -> TokenStream {
    let noticed = ["non_exhaustive", "deprecated", "builder", "default"];
    attributes.iter().filter(|it| noticed.iter().any(|name| it.path().is_ident(name))).map(|it| quote!(#it)).collect()
}

fn joined(module: &[String], name: &str) -> Names {
    [module, &[name.to_owned()]].concat()
}

/// The names that a `use` imports, with their paths.
fn leaves(tree: &UseTree, before: Names, found: &mut Vec<(String, Names)>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, joined(&before, &path.ident.to_string()), found),
        UseTree::Name(name) if name.ident == "self" => found.push((before.last().unwrap().clone(), before)),
        UseTree::Name(name) => found.push((name.ident.to_string(), joined(&before, &name.ident.to_string()))),
        UseTree::Rename(rename) => found.push((rename.rename.to_string(), joined(&before, &rename.ident.to_string()))),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, before.clone(), found)),
        UseTree::Glob(_) => {}
    }
}

impl Crate {
    fn read() -> Self {
        let manifest = fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).unwrap();
        let (_, dependencies) = manifest.split_once("\n[dependencies]\n").unwrap();
        let names = dependencies.lines().take_while(|line| !line.starts_with('['));
        let names = names.filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.replace('-', "_"));
        let mut this = Self {
            modules: BTreeMap::new(),
            dependencies: names.collect(),
            public: BTreeMap::new(),
            lines: BTreeSet::new(),
            foreign: BTreeSet::new(),
        };
        let root = Path::new(ROOT).join("src/lib.rs");
        let file = syn::parse_file(&fs::read_to_string(&root).unwrap()).unwrap();
        this.load(vec![], file.items, &root.with_file_name(""), vec![]);
        this
    }

    /// Adds a module and those below it, whose files are in `folder`.
    fn load(&mut self, path: Names, items: Vec<Item>, folder: &Path, cfg_above: Vec<String>) {
        let mut module = Module { cfg: cfg_above.clone(), ..Module::default() };
        for item in items {
            match item {
                Item::Mod(inner) => {
                    let name = inner.ident.to_string();
                    let here: Vec<_> = cfg_above.iter().cloned().chain(cfg(&inner.attrs)).collect();
                    module.items.push(Item::Mod(syn::ItemMod { content: None, ..inner.clone() }));
                    if here.contains(&"cfg(test)".to_owned()) {
                        continue;
                    }
                    let items = inner.content.map(|(_, items)| items).unwrap_or_else(|| {
                        let file: PathBuf = folder.join(format!("{name}.rs"));
                        syn::parse_file(&fs::read_to_string(file).unwrap()).unwrap().items
                    });
                    self.load(joined(&path, &name), items, &folder.join(&name), here);
                }
                Item::Macro(call) if call.mac.path.is_ident("include") => {
                    let name = text(&call.mac.tokens);
                    let (_, file) = GENERATED.iter().find(|(file, _)| name.contains(file)).unwrap();
                    let generated = syn::parse_file(file).unwrap().items;
                    self.load(path.clone(), generated, folder, cfg_above.clone());
                    let included = self.modules.remove(&path).unwrap();
                    module.uses.extend(included.uses);
                    module.items.extend(included.items);
                }
                Item::Use(item) => {
                    let mut found = vec![];
                    leaves(&item.tree, vec![], &mut found);
                    module.uses.extend(found);
                    module.items.push(Item::Use(item));
                }
                item => module.items.push(item),
            }
        }
        self.modules.insert(path, module);
    }

    /// Resolves a path in a module: a module or an item of this crate, by its own path, or `None` for anything foreign.
    fn resolve(&self, module: &[String], names: &[String]) -> Option<Names> {
        let (first, rest) = names.split_first()?;
        let start = match first.as_str() {
            "crate" => vec![],
            "self" => module.to_vec(),
            "super" => module.split_last()?.1.to_vec(),
            name if self.declares(module, name) => joined(module, name),
            name => match self.modules.get(module)?.uses.get(name) {
                Some(used) if used.first() != Some(first) => self.resolve(module, used)?,
                _ => return None,
            },
        };
        rest.iter().try_fold(start, |at, name| {
            if at.is_empty() || self.modules.contains_key(&at) {
                if self.declares(&at, name) {
                    Some(joined(&at, name))
                } else {
                    self.resolve(&at, std::slice::from_ref(name))
                }
            } else {
                None
            }
        })
    }

    /// Whether a module has a module or a type, trait, function or constant of this name.
    fn declares(&self, module: &[String], name: &str) -> bool {
        self.modules.contains_key(&joined(module, name))
            || self
                .modules
                .get(module)
                .is_some_and(|module| module.items.iter().any(|item| name_of(item) == Some(name.into())))
    }

    /// Notes the public items below a module, under their shortest path.
    fn walk(&mut self, module: &[String], prefix: &str) {
        let items = self.modules[module].items.clone();
        for item in items.iter().filter(|item| visibility(item).is_some_and(is_public)) {
            let Item::Use(used) = item else {
                let name = name_of(item).unwrap();
                self.publish(joined(module, &name), format!("{prefix}{name}"));
                continue;
            };
            let mut found = vec![];
            leaves(&used.tree, vec![], &mut found);
            for (name, names) in found {
                match self.resolve(module, &names) {
                    Some(item) => self.publish(item, format!("{prefix}{name}")),
                    None => {
                        self.foreign.insert(names[0].clone());
                        self.lines.insert(format!("{prefix}{name}: pub use {}", names.join("::")));
                    }
                }
            }
        }
    }

    fn publish(&mut self, item: Names, path: String) {
        if self.modules.contains_key(&item) {
            self.line(&item, &path, &[], &[], quote!(pub mod));
            self.walk(&item, &format!("{path}::"));
        } else if self.public.get(&item).is_none_or(|known| known.matches("::").count() > path.matches("::").count()) {
            self.public.insert(item, path);
        }
    }

    /// Writes a declaration as a line, with the paths of foreign items in full.
    fn line(
        &mut self,
        module: &[String],
        path: &str,
        attributes: &[Attribute],
        above: &[Attribute],
        tokens: TokenStream,
    ) {
        let Module { cfg: of_module, .. } = &self.modules[module];
        let conditions: BTreeSet<_> = of_module.iter().cloned().chain(cfg(above)).chain(cfg(attributes)).collect();
        let mut words = String::new();
        self.write(module, quote_all(noticed(attributes), tokens), &mut words);
        let mut line = format!("{path}: {}", tidy(&words));
        conditions.iter().for_each(|condition| line += &format!("  #[{condition}]"));
        self.lines.insert(line);
    }

    fn write(&mut self, module: &[String], tokens: TokenStream, out: &mut String) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let is_colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(it)) if it.as_char() == ':');
        let mut at = 0;
        while at < tokens.len() {
            // `::a::b::C` or `a::b::C`.
            let start = if is_colon(at) && is_colon(at + 1) { at + 2 } else { at };
            let mut names = Vec::new();
            let mut end = start;
            while let Some(TokenTree::Ident(name)) = tokens.get(end) {
                names.push(name.to_string());
                end += 1;
                let is_keyword =
                    names.last().is_some_and(|name| ["dyn", "for", "impl", "mut"].contains(&name.as_str()));
                match (is_colon(end) && is_colon(end + 1), tokens.get(end + 2)) {
                    (true, Some(TokenTree::Ident(_))) if !is_keyword => end += 2,
                    _ => break,
                }
            }
            if names.is_empty() {
                match &tokens[at] {
                    // The documentation of a parameter.
                    TokenTree::Group(group) if group.stream().to_string().starts_with("doc =") => {
                        out.truncate(out.trim_end().trim_end_matches('#').len());
                    }
                    TokenTree::Group(group) => {
                        let (open, close) = match group.delimiter() {
                            proc_macro2::Delimiter::Brace => ("{", "}"),
                            proc_macro2::Delimiter::Bracket => ("[", "]"),
                            proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                            proc_macro2::Delimiter::None => ("", ""),
                        };
                        *out += open;
                        self.write(module, group.stream(), out);
                        *out += close;
                        *out += " ";
                    }
                    TokenTree::Punct(mark) => {
                        out.push(mark.as_char());
                        if mark.spacing() == proc_macro2::Spacing::Alone {
                            out.push(' ');
                        }
                    }
                    other => *out += &format!("{other} "),
                }
                at += 1;
            } else {
                *out += &self.full(module, names);
                *out += " ";
                at = end;
            }
        }
    }

    /// Writes a path: in full if it is foreign, by the last name if it is ours or written in full and of the standard library.
    fn full(&mut self, module: &[String], mut names: Names) -> String {
        if let Some(used) = self.modules[module].uses.get(&names[0])
            && self.dependencies.contains(&used[0])
        {
            names.splice(0..1, used.clone());
        }
        if self.dependencies.contains(&names[0]) && (names.len() > 1) {
            self.foreign.insert(names[0].clone());
        } else if names.len() > 1 && ["std", "crate", "super"].contains(&names[0].as_str()) {
            let last = names.pop().unwrap();
            // There are several of these in the standard library.
            let is_ambiguous = ["Error", "Result"].contains(&last.as_str()) && names.len() > 1;
            return if is_ambiguous { format!("{}::{last}", names.pop().unwrap()) } else { last };
        }
        names.join("::")
    }

    /// Writes the lines of the public items, and of all implementations for them.
    fn describe(&mut self) {
        for (item, path) in self.public.clone() {
            let (name, module) = item.split_last().unwrap();
            let items = self.modules[module].items.clone();
            let found = items.iter().find(|it| name_of(it).as_ref() == Some(name)).unwrap();
            self.item(module, &path, found);
        }
        for module in self.modules.keys().cloned().collect::<Vec<_>>() {
            let items = self.modules[&module].items.clone();
            for item in &items {
                if let Item::Impl(item) = item {
                    self.implementation(&module, item);
                }
            }
        }
    }

    fn item(&mut self, module: &[String], path: &str, item: &Item) {
        match item {
            Item::Struct(it) => {
                let (name, generics, bounds) = (&it.ident, &it.generics, &it.generics.where_clause);
                let rest = if it.fields.iter().all(|field| is_public(&field.vis)) { quote!() } else { quote!({ .. }) };
                self.line(module, path, &it.attrs, &[], quote!(pub struct #name #generics #bounds #rest));
                self.derives(module, path, &it.attrs);
                self.fields(module, path, &it.attrs, &it.fields, true);
            }
            Item::Enum(it) => {
                let (name, generics) = (&it.ident, &it.generics);
                self.line(module, path, &it.attrs, &[], quote!(pub enum #name #generics));
                self.derives(module, path, &it.attrs);
                for variant in &it.variants {
                    let path = format!("{path}::{}", variant.ident);
                    self.line(module, &path, &variant.attrs, &it.attrs, quote!(variant));
                    self.fields(module, &path, &it.attrs, &variant.fields, false);
                }
            }
            Item::Trait(it) => {
                let (name, generics, above) = (&it.ident, &it.generics, &it.supertraits);
                self.line(module, path, &it.attrs, &[], quote!(pub trait #name #generics: #above));
                for member in &it.items {
                    let (attributes, name, tokens) = match member {
                        TraitItem::Fn(it) => {
                            let (signature, is_provided) = (&it.sig, it.default.is_some());
                            let body = is_provided.then(|| quote!({ .. }));
                            (&it.attrs, &it.sig.ident, quote!(#signature #body))
                        }
                        TraitItem::Type(it) => {
                            let (name, bounds) = (&it.ident, &it.bounds);
                            (&it.attrs, &it.ident, quote!(type #name: #bounds))
                        }
                        TraitItem::Const(it) => {
                            let (name, of) = (&it.ident, &it.ty);
                            (&it.attrs, &it.ident, quote!(const #name: #of))
                        }
                        other => panic!("no line is made for {}", text(other)),
                    };
                    if !is_hidden(attributes) {
                        self.line(module, &format!("{path}::{name}"), attributes, &it.attrs, tokens);
                    }
                }
            }
            Item::Fn(it) => {
                let signature = &it.sig;
                self.line(module, path, &it.attrs, &[], quote!(pub #signature));
            }
            Item::Const(it) => {
                let (name, of) = (&it.ident, &it.ty);
                self.line(module, path, &it.attrs, &[], quote!(pub const #name: #of));
            }
            Item::Type(it) => {
                let (name, generics, of) = (&it.ident, &it.generics, &it.ty);
                self.line(module, path, &it.attrs, &[], quote!(pub type #name #generics = #of));
            }
            other => panic!("no line is made for {}", text(other)),
        }
    }

    fn derives(&mut self, module: &[String], path: &str, attributes: &[Attribute]) {
        let of_derive = attributes.iter().filter(|it| it.path().is_ident("derive"));
        let derived =
            of_derive.flat_map(|it| it.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated).unwrap());
        let derived: BTreeMap<_, _> = derived.map(|path| (text(path.segments.last()), path)).collect();
        let derived = derived.values();
        if derived.len() == 0 {
            return;
        }
        self.line(module, path, &[], attributes, quote!(#[derive(#(#derived),*)]));
    }

    fn fields(&mut self, module: &[String], path: &str, above: &[Attribute], fields: &Fields, need_pub: bool) {
        for (index, field) in fields.iter().enumerate().filter(|(_, field)| !need_pub || is_public(&field.vis)) {
            let name = field.ident.as_ref().map_or(index.to_string(), ToString::to_string);
            let of = &field.ty;
            self.line(module, &format!("{path}::{name}"), &field.attrs, above, quote!(#of));
        }
    }

    /// Writes the lines of an implementation, if it is for a public type or trait and a user can see it.
    fn implementation(&mut self, module: &[String], item: &ItemImpl) {
        let names = |path: &syn::Path| path.segments.iter().map(|it| it.ident.to_string()).collect::<Names>();
        let public = |this: &Self, of: &syn::Path| match this.resolve(module, &names(of)) {
            Some(item) => this.public.get(&item).cloned(),
            None => None,
        };
        let of_type = match &*item.self_ty {
            syn::Type::Path(of) => Some(&of.path),
            syn::Type::Reference(of) => match &*of.elem {
                syn::Type::Path(of) => Some(&of.path),
                _ => None,
            },
            _ => None,
        };
        let of_type = of_type.and_then(|path| public(self, path));
        let (parameters, _, bounds) = item.generics.split_for_impl();
        let Some((implemented, _)) = &item.trait_ else {
            let Some(path) = of_type else { return };
            // The setters follow from the fields of the type.
            if path.starts_with("builders::") {
                return;
            }
            let (head, of) = (&item.generics, &item.self_ty);
            // Bounds of the whole block are part of each method.
            let head = (!head.params.is_empty()).then(|| quote!(impl #head #of #bounds));
            for member in &item.items {
                let (attributes, visibility, name, tokens) = match member {
                    ImplItem::Fn(it) => {
                        let signature = &it.sig;
                        (&it.attrs, &it.vis, &it.sig.ident, quote!(pub #signature))
                    }
                    ImplItem::Const(it) => {
                        let (name, of) = (&it.ident, &it.ty);
                        (&it.attrs, &it.vis, &it.ident, quote!(pub const #name: #of))
                    }
                    other => panic!("no line is made for {}", text(other)),
                };
                if is_public(visibility) && !is_hidden(attributes) {
                    let tokens = head.as_ref().map_or(tokens.clone(), |head| quote!(#tokens in #head));
                    self.line(module, &format!("{path}::{name}"), attributes, &item.attrs, tokens);
                }
            }
            return;
        };
        let is_ours = self.resolve(module, &names(implemented));
        let of_trait = is_ours.as_ref().and_then(|item| self.public.get(item)).cloned();
        // A private trait of this crate only seals another trait.
        if is_ours.is_some() && of_trait.is_none() {
            return;
        }
        // An implementation for a foreign type is listed if it contains a public type of this crate.
        let in_arguments = implemented.segments.last().and_then(|last| match &last.arguments {
            syn::PathArguments::AngleBracketed(arguments) => {
                arguments.args.iter().find_map(|argument| match argument {
                    syn::GenericArgument::Type(syn::Type::Path(of)) => public(self, &of.path),
                    _ => None,
                })
            }
            _ => None,
        });
        let Some(path) = of_type.or(in_arguments).or(of_trait) else { return };
        let of = &item.self_ty;
        let types = item.items.iter().filter_map(|member| match member {
            ImplItem::Type(it) => Some((&it.ident, &it.generics, &it.ty)),
            _ => None,
        });
        let types = types.map(|(name, generics, of)| quote!(type #name #generics = #of;));
        let mut types = types.peekable();
        let body = types.peek().is_some().then(|| types.collect::<TokenStream>());
        let body = body.map(|types| quote!({ #types }));
        self.line(module, &path, &[], &item.attrs, quote!(impl #parameters #implemented for #of #bounds #body));
    }
}

fn quote_all(first: TokenStream, second: TokenStream) -> TokenStream {
    quote!(#first #second)
}

fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Struct(it) => &it.ident,
        Item::Enum(it) => &it.ident,
        Item::Trait(it) => &it.ident,
        Item::Fn(it) => &it.sig.ident,
        Item::Const(it) => &it.ident,
        Item::Static(it) => &it.ident,
        Item::Type(it) => &it.ident,
        Item::Mod(it) => &it.ident,
        _ => return None,
    };
    Some(name.to_string())
}

fn visibility(item: &Item) -> Option<&Visibility> {
    match item {
        Item::Struct(it) => Some(&it.vis),
        Item::Enum(it) => Some(&it.vis),
        Item::Trait(it) => Some(&it.vis),
        Item::Fn(it) => Some(&it.vis),
        Item::Const(it) => Some(&it.vis),
        Item::Static(it) => Some(&it.vis),
        Item::Type(it) => Some(&it.vis),
        Item::Mod(it) => Some(&it.vis),
        Item::Use(it) => Some(&it.vis),
        _ => None,
    }
}

/// Removes unusual spaces.
fn tidy(words: &str) -> String {
    let pairs = [
        (" ::", "::"),
        (":: ", "::"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        (" ;", ";"),
        ("& ", "&"),
        ("# ", "#"),
        (" (", "("),
        (" )", ")"),
        (" ]", "]"),
        (" :", ":"),
        (",)", ")"),
        (",>", ">"),
        ("? ", "?"),
        ("! ", "!"),
        ("->(", "-> ("),
        ("{.. }", "{ .. }"),
        ("{type", "{ type"),
        ("=(", "= ("),
        ("(mut self", "(self"),
    ];
    pairs.iter().fold(words.trim().to_owned(), |text, (from, to)| text.replace(from, to))
}

fn surface() -> Crate {
    let mut surface = Crate::read();
    surface.walk(&[], "");
    surface.describe();
    surface
}

#[test]
fn of_the_public_surface() {
    let text: String = surface().lines.iter().map(|line| format!("{line}\n")).collect();
    assert_golden("tests/golden/api.txt", "the public surface", &text);
}

#[test]
fn the_crates_of_foreign_types_are_listed() {
    let (_, section) = include_str!("../../CONTRIBUTING.md").split_once("## Types of other crates\n").unwrap();
    let rows = section.split("\n## ").next().unwrap().lines().filter_map(|line| line.strip_prefix("| `"));
    let listed: BTreeSet<_> = rows.map(|row| row.split('`').next().unwrap().to_owned()).collect();
    assert_eq!(
        listed,
        surface().foreign,
        "left: the table in CONTRIBUTING.md; right: the crates that public items name"
    );
}
