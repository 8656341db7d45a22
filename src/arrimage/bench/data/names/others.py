"""Names of the Spanish-speaking world, of two given names and two family names; and of French."""

SPANISH_GIVEN = """
María José Juan Luis Carlos Ana Miguel Jorge Carmen Andrés Sofía Alejandro Fernando Ricardo Guadalupe Mónica Verónica
Sebastián Diego Gabriela Lucía Martín Pablo Adriana Beatriz Camila Daniela Esteban Fabián Gustavo Héctor Inés Javier
Leonardo Mariana Nicolás Óscar Patricia Raúl Teresa Valentina Ximena Yolanda Cristina Álvaro Rocío
"""
SPANISH_FAMILY = """
García Márquez Rodríguez Hernández Martínez López González Pérez Sánchez Ramírez Torres Flores Rivera Gómez Díaz Reyes
Cruz Morales Ortiz Gutiérrez Chávez Ramos Ruiz Álvarez Mendoza Vásquez Castillo Jiménez Moreno Romero Herrera Medina
Aguilar Vargas Castro Guzmán Muñoz Rojas Salazar Contreras Núñez Peña Guerrero Estrada Ortega Delgado Cabrera Espinosa
Vega Molina Suárez Cárdenas Ibáñez Zambrano Quiñones Acosta Bermúdez Cifuentes Echeverría Figueroa Galindo Hoyos
Jaramillo
Londoño Montoya Naranjo Ospina Pacheco Quintero Restrepo Sepúlveda Trujillo Urrutia Villegas Yepes Zapata Arango
Betancur
"""
FRENCH_GIVEN = """
Jean Marie Pierre Rose Joseph Micheline Emmanuel Guerline Wilner Nadège Frantz Mirlande Jacques Fabiola Stanley Carline
Élodie Kettly Rodrigue Ketsia Aminata Fatou Ousmane Mariama Ibrahima Awa Moussa Kadiatou Seydou Rokia Koffi Adjoa Yao
Akissi
"""
