//! Records say their defaults once; a field that has its default is neither required in a file nor written to it.

/// Declares a record: its fields, their defaults (`Default::default()` unless given after `=`) and its file form.
///
/// Reading fills missing fields with their defaults, writing leaves such fields out, so that files stay short, a diff
/// shows what people said, and a field added later changes no old file.
macro_rules! record {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$fmeta:meta])* pub $field:ident: $type:ty $(= $default:expr)?),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Deserialize)]
        #[serde(default)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type),+ }

        impl Default for $name {
            fn default() -> $name {
                $name { $($field: record!(@default $($default)?)),+ }
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeStruct;
                let default = $name::default();
                let written = 0 $(+ usize::from(self.$field != default.$field))+;
                let mut out = serializer.serialize_struct(stringify!($name), written)?;
                $(if self.$field == default.$field {
                    out.skip_field(stringify!($field))?;
                } else {
                    out.serialize_field(stringify!($field), &self.$field)?;
                })+
                out.end()
            }
        }

        impl $crate::model::fields::Fielded for $name {
            fn fields(&self) -> Vec<$crate::model::fields::Field> {
                use $crate::model::fields::Field;
                vec![$(Field::new(stringify!($field), stringify!($type), &self.$field)),+]
            }
        }
    };
    (@default) => { Default::default() };
    (@default $default:expr) => { $default };
}
